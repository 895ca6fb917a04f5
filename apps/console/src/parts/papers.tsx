import { Button, Modal } from "antd";
import { useState } from "react";
import { addressOf } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { Loaded, Panel } from "./states.tsx";

/** Every paper that a court may want of this case: whether it can be filed, what is missing, and the file itself. */
export function Papers({ loan, court }: { readonly loan: string; readonly court?: string }) {
  const say = useSay();
  const may = useMay();
  const path = `/v1/loans/${encodeURIComponent(loan)}/papers`;
  const query = useAsk("loan.papers", path, { court });
  const [kind, setKind] = useState<string | undefined>();
  return (
    <Panel title={say(words.papers)} flush>
      <p className="panel-body soft">{say(words.papersLead)}</p>
      <Loaded query={query} rows={6}>
        {({ items }) => (
          <table className="plain">
            <tbody>
              {items.map((one) => (
                <tr key={one.kind}>
                  <td>
                    {say(one.name)}
                    <div className="soft">
                      {one.stops > 0 ? say(words.gaps)(one.stops) : say(words.ready)}
                      {one.warns > 0 ? ` · ${say(words.notes)(one.warns)}` : ""}
                    </div>
                  </td>
                  <td className="acts">
                    <Button size="small" onClick={() => setKind(one.kind)}>
                      {say(words.checkPaper)}
                    </Button>{" "}
                    {may("loan.paper-file") ? (
                      <>
                        <FileLink path={path} kind={one.kind} court={court} format="pdf" draft={!one.filed} />
                        {" · "}
                        <FileLink
                          path={path}
                          kind={one.kind}
                          court={court}
                          format="docx"
                          draft={!one.filed}
                        />
                        {one.filed ? null : <span className="soft"> {say(words.draft)}</span>}
                      </>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {kind ? <Checked path={path} kind={kind} court={court} close={() => setKind(undefined)} /> : null}
    </Panel>
  );
}

function FileLink({
  path,
  kind,
  court,
  format,
  draft,
}: {
  readonly path: string;
  readonly kind: string;
  readonly court: string | undefined;
  readonly format: "pdf" | "docx";
  readonly draft: boolean;
}) {
  const say = useSay();
  const name = format === "pdf" ? "PDF" : "Word";
  return (
    <a
      href={addressOf(`${path}/${kind}/file`, { format, court, draft: draft ? "true" : undefined })}
      download
      aria-label={`${say(words.download)} ${kind} ${name}`}
    >
      {name}
    </a>
  );
}

/** A paper field by field: what it says, from where it has that, and where it is empty why and what to do. */
function Checked({
  path,
  kind,
  court,
  close,
}: {
  readonly path: string;
  readonly kind: string;
  readonly court: string | undefined;
  readonly close: () => void;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const query = useAsk("loan.paper", `${path}/${kind}`, { court });
  return (
    <Modal
      open
      footer={null}
      width={860}
      onCancel={close}
      title={query.data ? query.data.title : say(words.checkPaper)}
      destroyOnHidden
    >
      <Loaded query={query} rows={10}>
        {({ fields, findings }) => (
          <>
            {findings.length > 0 ? (
              <ul className="log">
                {findings.map(({ state, says, next, field, code }) => (
                  <li key={`${code} ${field} ${says.en}`}>
                    <span className={state === "stops" ? "tag dash" : "tag"}>
                      {say(state === "stops" ? words.missing : words.paper)}
                    </span>{" "}
                    {say(says)}
                    {next ? <span className="soft"> → {say(next)}</span> : null}
                  </li>
                ))}
              </ul>
            ) : null}
            <p className="soft">{say(words.masked)}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keys */}
            <div className="scroll tall" tabIndex={0}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{say(words.field)}</th>
                    <th>{say(words.value)}</th>
                    <th>{say(words.from)}</th>
                  </tr>
                </thead>
                <tbody>
                  {fields.map((one) => (
                    <tr key={one.field}>
                      <td>{lang === "zh" ? one.label : one.english}</td>
                      <td className="wrap">
                        {one.value ?? (
                          <span className="soft">
                            {say(words.empty)}
                            {one.why ? `: ${say(one.why)}` : ""}
                          </span>
                        )}
                      </td>
                      <td className="soft">
                        {one.from ? `${say(one.from)} ${one.at ?? ""}` : (one.next && say(one.next)) || "–"}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Loaded>
    </Modal>
  );
}
