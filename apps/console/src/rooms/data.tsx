import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Progress } from "antd";
import type { Dayjs } from "dayjs";
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { count, day, dayFormats } from "../lib/format.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { Dialog } from "../parts/dialog.tsx";
import { List } from "../parts/lists.tsx";
import { word } from "../parts/rule-card.tsx";
import { Local } from "../parts/said.tsx";
import { Head, Loaded, Nothing, Panel } from "../parts/states.tsx";
import { UploadDialog } from "../parts/upload-dialog.tsx";
import { dataWords as words } from "../words/office.ts";

type Job = Answers["closes.list"]["items"][number];

/** What comes in, and the closing of days, with its progress for everybody who looks. */
export function Page() {
  const say = useSay();
  const { lang } = useSettings();
  const may = useMay();
  const lender = useAsk("lender.read", "/v1/lender");
  const closes = useAsk("closes.list", "/v1/closes", { limit: 50 });
  const [dialog, setDialog] = useState<"upload" | "close" | undefined>();
  const running = closes.data?.items.find(({ state }) => state === "running");
  return (
    <>
      <Head
        title={say(words.title)}
        lead={lender.data ? say(words.lead)(day(lender.data.closedThrough, lang)) : null}
      >
        {may("import.upload") ? (
          <Button onClick={() => setDialog("upload")}>{say(words.upload)}</Button>
        ) : null}
        {may("close.start") ? (
          <Button type="primary" disabled={running !== undefined} onClick={() => setDialog("close")}>
            {say(words.close)}
          </Button>
        ) : null}
      </Head>
      {running ? <Running job={running} /> : null}
      <Panel title={say(words.imports)} flush>
        <Imports />
      </Panel>
      <Panel title={say(words.closes)} flush>
        <Loaded query={closes}>{({ items }) => <Closes items={items} />}</Loaded>
      </Panel>
      {dialog === "upload" ? <UploadDialog close={() => setDialog(undefined)} /> : null}
      {dialog === "close" && lender.data ? (
        <CloseDialog after={lender.data.closedThrough} close={() => setDialog(undefined)} />
      ) : null}
    </>
  );
}

/** A close as it goes on, as the server tells it. */
function Running({ job }: { readonly job: Job }) {
  const say = useSay();
  const { lang } = useSettings();
  const queries = useQueryClient();
  const [at, setAt] = useState(job.progress);
  useEffect(() => {
    const stream = new EventSource(`/v1/jobs/${encodeURIComponent(job.id)}/progress`);
    stream.addEventListener("progress", (event) =>
      setAt(JSON.parse((event as MessageEvent<string>).data) as Job["progress"]),
    );
    stream.addEventListener("end", () => {
      stream.close();
      void queries.invalidateQueries();
    });
    return () => stream.close();
  }, [job.id, queries]);
  const through = typeof job.asked.through === "string" ? job.asked.through : "";
  return (
    <Panel title={say(words.closing)(day(through, lang))} extra={<span className="soft">{job.by}</span>}>
      <Progress
        aria-label={say(words.closing)(day(through, lang))}
        percent={at && at.of > 0 ? Math.floor((at.done * 100) / at.of) : 0}
        format={() => (at ? `${count(at.done)} / ${count(at.of)}` : "")}
        status="active"
      />
    </Panel>
  );
}

interface CloseResult {
  readonly says?: string;
  readonly touched?: number;
  readonly actions?: number;
  readonly refused?: number;
  readonly cured?: number;
}

function Closes({ items }: { readonly items: readonly Job[] }) {
  const say = useSay();
  const { lang } = useSettings();
  return (
    <List
      rowKey="id"
      size="small"
      items={items}
      width={760}
      none={<Nothing title={say(words.noCloses)} />}
      columns={[
        {
          title: say(words.through),
          dataIndex: "asked",
          render: (asked: Job["asked"]) =>
            typeof asked.through === "string" ? day(asked.through, lang) : "–",
        },
        {
          title: say(words.state),
          dataIndex: "state",
          render: (state: string) => (
            <span className={state === "done" ? "tag on" : "tag dash"}>{word(words.states, state, say)}</span>
          ),
        },
        {
          title: say(words.found),
          dataIndex: "result",
          render: (result: unknown) => {
            const { says, touched, actions, refused, cured } = (result ?? {}) as CloseResult;
            if (touched === undefined)
              return says && says !== "failed" ? says : <span className="soft">–</span>;
            return say(words.counts)(
              count(touched),
              count(actions ?? 0),
              count(refused ?? 0),
              count(cured ?? 0),
            );
          },
        },
        { title: say(words.by), dataIndex: "by" },
        { title: say(words.started), dataIndex: "startedAt", render: (at: string) => <Local of={at} /> },
      ]}
    />
  );
}

interface Report {
  readonly rows?: number;
  readonly bad?: number;
}

function Imports() {
  const say = useSay();
  const query = useAsk("imports.list", "/v1/imports", { limit: 50 });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <List
          rowKey="sha256"
          size="small"
          items={items}
          width={640}
          none={<Nothing title={say(words.noImports)} />}
          columns={[
            {
              title: say(words.file),
              dataIndex: "name",
              render: (name: string, { sha256 }) => <span title={sha256}>{name}</span>,
            },
            {
              title: say(words.kind),
              dataIndex: "kind",
              render: (kind: string) => word(words.kinds, kind, say),
            },
            {
              title: say(words.rows),
              dataIndex: "report",
              className: "num",
              render: (report: Report) => (report.rows === undefined ? "–" : count(report.rows)),
            },
            {
              title: say(words.bad),
              key: "bad",
              dataIndex: "report",
              className: "num",
              render: (report: Report) => (report.bad === undefined ? "–" : count(report.bad)),
            },
            { title: say(words.at), dataIndex: "at", render: (at: string) => <Local of={at} /> },
          ]}
        />
      )}
    </Loaded>
  );
}

function CloseDialog({ after, close }: { readonly after: string; readonly close: () => void }) {
  const say = useSay();
  const { lang } = useSettings();
  const queries = useQueryClient();
  const [through, setThrough] = useState<Dayjs>(dayjs(after).add(1, "day"));
  const start = useMutation({
    mutationFn: () => ask("/v1/closes", { method: "POST", body: { through: through.format("YYYY-MM-DD") } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["closes.list"] });
      close();
    },
  });
  return (
    <Dialog title={say(words.close)} go={() => start.mutate()} write={start} close={close}>
      <label htmlFor="close-through">
        {say(words.through)}{" "}
        <DatePicker
          id="close-through"
          allowClear={false}
          value={through}
          onChange={(value) => value && setThrough(value)}
          format={dayFormats(lang)}
          disabledDate={(value) => !value.isAfter(dayjs(after))}
          style={{ width: 180 }}
        />
      </label>
    </Dialog>
  );
}
