import type { ReactNode } from "react";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { FormDialog, type Opened } from "./dialog.tsx";
import { LineField } from "./fields.tsx";

interface Asked extends Opened {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly act?: ReactNode;
  readonly least?: number;
  readonly optional?: boolean;
  readonly run: (reason: string) => void;
}

/** Asks why before something is done; the answer is kept with it. Enter within the line sends it. */
export function ReasonDialog({ least = 5, optional = false, run, ...shown }: Asked) {
  const say = useSay();
  return (
    <FormDialog<{ reason?: string }> finish={({ reason }) => run(reason?.trim() ?? "")} {...shown}>
      <LineField
        name="reason"
        label={say(frame.reason)}
        least={least}
        optional={optional}
        hint={say(frame.reasonHint)}
        autoFocus
        maxLength={500}
      />
    </FormDialog>
  );
}
