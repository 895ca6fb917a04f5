/** Upper edges of durations, in milliseconds. */
const EDGES = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000] as const;

interface Timing {
  count: number;
  sum: number;
  readonly within: number[];
}

export interface Metrics {
  request(action: string, status: number, ms: number): void;
  /** Something that happened: a sign-in that was refused, an access that was denied. */
  count(name: string, labels?: Readonly<Record<string, string>>): void;
  /** The text form that Prometheus reads. */
  text(): string;
}

/** Counts by route and status; no label ever holds an id. */
export function metrics(): Metrics {
  const requests = new Map<string, number>();
  const timings = new Map<string, Timing>();
  const counts = new Map<string, number>();
  const add = (map: Map<string, number>, key: string): void => {
    map.set(key, (map.get(key) ?? 0) + 1);
  };
  return {
    request: (action, status, ms) => {
      add(requests, `{action="${action}",status="${status}"}`);
      const timing = timings.get(action) ?? { count: 0, sum: 0, within: EDGES.map(() => 0) };
      timings.set(action, timing);
      timing.count += 1;
      timing.sum += ms;
      EDGES.forEach((edge, i) => {
        if (ms <= edge) timing.within[i]! += 1;
      });
    },
    count: (name, labels = {}) => {
      const inside = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
      add(counts, inside.length > 0 ? `${name}{${inside.join(",")}}` : name);
    },
    text: () => {
      const lines = [
        "# HELP arrears_requests_total Requests answered.",
        "# TYPE arrears_requests_total counter",
        ...[...requests].map(([labels, value]) => `arrears_requests_total${labels} ${value}`),
        "# HELP arrears_request_seconds Time to an answer.",
        "# TYPE arrears_request_seconds histogram",
      ];
      for (const [action, { count, sum, within }] of timings) {
        EDGES.forEach((edge, i) => {
          lines.push(`arrears_request_seconds_bucket{action="${action}",le="${edge / 1000}"} ${within[i]}`);
        });
        lines.push(`arrears_request_seconds_bucket{action="${action}",le="+Inf"} ${count}`);
        lines.push(`arrears_request_seconds_sum{action="${action}"} ${(sum / 1000).toFixed(6)}`);
        lines.push(`arrears_request_seconds_count{action="${action}"} ${count}`);
      }
      const names = [...new Set([...counts.keys()].map((key) => key.split("{")[0]!))];
      for (const name of names) {
        lines.push(`# TYPE arrears_${name}_total counter`);
        for (const [key, value] of counts)
          if (key.split("{")[0] === name)
            lines.push(`arrears_${key.replace(name, `${name}_total`)} ${value}`);
      }
      return `${lines.join("\n")}\n`;
    },
  };
}
