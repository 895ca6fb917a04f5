import { Modal } from "antd";
import type { Both } from "../lib/settings.tsx";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { work } from "../words/work.ts";

type Key = readonly [string, Both<string>];

const EVERYWHERE: readonly Key[] = [
  ["/", frame.keySearch],
  ["Ctrl K  ⌘ K", frame.keyPalette],
  ["?", frame.keyHelp],
  ["Esc", frame.keyClose],
];
const WORKLIST: readonly Key[] = [
  ["J  K", work.keyMove],
  ["C", work.keyCall],
  ["P", work.keyPromise],
  ["S", work.keyMessage],
  ["N", work.keyNote],
  ["E", work.keyDone],
  ["Z", work.keySnooze],
];

/** Every key of the page that is open. */
export function Help({
  open,
  room,
  close,
}: {
  readonly open: boolean;
  readonly room: string | undefined;
  readonly close: () => void;
}) {
  const say = useSay();
  const keys = room === "/worklist" ? [...WORKLIST, ...EVERYWHERE] : EVERYWHERE;
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      title={say(frame.helpTitle)}
      width={420}
      destroyOnHidden
    >
      <dl className="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              {key.split("  ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
