import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { sans } from "../../../tokens/tokens.ts";
import { useSettings } from "../lib/settings.tsx";

use([BarChart, LineChart, GridComponent, LegendComponent, AriaComponent, SVGRenderer]);

export interface Series {
  readonly name: string;
  /** In the order of `names`; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly colour: string;
}

export interface ChartAsked {
  readonly kind: "bars" | "stack" | "lines";
  /** Along the axis. */
  readonly names: readonly string[];
  readonly series: readonly Series[];
  readonly percent?: boolean;
}

/** A chart without decoration: a light grid, names beside what they name, nothing that moves. Its table says the same. */
export function Chart({ asked, label }: { readonly asked: ChartAsked; readonly label: string }) {
  const { tones } = useSettings();
  const place = useRef<HTMLDivElement>(null);
  const rows = asked.names.length;
  const height =
    asked.kind === "lines" ? 320 : 70 + rows * (asked.kind === "bars" ? 14 + 16 * asked.series.length : 30);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const chart = init(element, undefined, { renderer: "svg" });
    const text = { color: tones.soft, fontFamily: sans, fontSize: 12 };
    const axisOfNames = {
      type: "category" as const,
      data: [...asked.names],
      axisLine: { lineStyle: { color: tones.line } },
      axisTick: { show: false },
      axisLabel: text,
    };
    const axisOfValues = {
      type: "value" as const,
      splitNumber: 4,
      splitLine: { lineStyle: { color: tones.line } },
      axisLabel: { ...text, hideOverlap: true, formatter: asked.percent ? "{value} %" : "{value}" },
      ...(asked.kind === "stack" ? { max: 100 } : {}),
    };
    const isLines = asked.kind === "lines";
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: sans },
      grid: {
        left: 8,
        right: isLines ? 90 : 16,
        top: isLines || asked.series.length === 1 ? 12 : element.clientWidth < 560 ? 58 : 36,
        bottom: 8,
        containLabel: true,
      },
      ...(isLines || asked.series.length === 1
        ? {}
        : {
            legend: {
              top: 0,
              left: 0,
              type: "plain",
              itemWidth: 10,
              itemHeight: 10,
              icon: "rect",
              selectedMode: false,
              textStyle: text,
            },
          }),
      xAxis: isLines ? axisOfNames : axisOfValues,
      yAxis: isLines ? axisOfValues : { ...axisOfNames, inverse: true },
      series: asked.series.map(({ name, values, colour }) =>
        isLines
          ? {
              type: "line" as const,
              name,
              data: [...values],
              showSymbol: false,
              silent: true,
              lineStyle: { color: colour, width: 1.5 },
              itemStyle: { color: colour },
              endLabel: { show: true, formatter: "{a}", ...text, color: colour, fontSize: 11 },
              labelLayout: { hideOverlap: true },
            }
          : {
              type: "bar" as const,
              name,
              data: [...values],
              silent: true,
              barMaxWidth: 18,
              barGap: "15%",
              itemStyle: { color: colour },
              ...(asked.kind === "stack"
                ? { stack: "all" }
                : { label: { show: true, position: "right" as const, ...text, fontSize: 11 } }),
            },
      ),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [asked, tones]);
  return <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />;
}
