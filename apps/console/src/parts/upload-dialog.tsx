import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Select, Upload } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { count } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { dataWords as words } from "../words/office.ts";
import { columnWords, foundIn, inChinese } from "../words/rows.ts";
import { Dialog } from "./dialog.tsx";
import { word } from "./rule-card.tsx";

const KINDS = ["loans", "payments", "balances"] as const;

/** First the file is only checked; what that found stands there before anything is booked. */
export function UploadDialog({ close }: { readonly close: () => void }) {
  const say = useSay();
  const { lang } = useSettings();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("payments");
  const [map, setMap] = useState<File | undefined>();
  const [file, setFile] = useState<File | undefined>();
  const take = useMutation({
    mutationFn: async (dryRun: boolean) => {
      const form = new FormData();
      form.set("map", map ? await map.text() : "");
      if (file) form.set("file", file, file.name);
      return ask<Answers["import.upload"]>(`/v1/imports/${kind}`, {
        method: "POST",
        query: { dryRun },
        form,
      });
    },
    onSuccess: async ({ dryRun, added = 0, bad, sameFile }) => {
      if (dryRun) return;
      void message.success(sameFile ? say(words.same) : say(words.booked)(count(added), count(bad)));
      await queries.invalidateQueries();
      close();
    },
  });
  const checked = take.data?.dryRun ? take.data : undefined;
  const choose = (put: (file: File) => void) => (chosen: File) => {
    put(chosen);
    take.reset();
    return false;
  };
  return (
    <Dialog
      width={640}
      title={say(words.upload)}
      lead={say(words.uploadLead)}
      write={take}
      close={close}
      buttons={
        <>
          <Button
            type={checked ? "default" : "primary"}
            disabled={!map || !file}
            loading={take.isPending && !checked}
            onClick={() => take.mutate(true)}
          >
            {say(words.check)}
          </Button>
          <Button
            type={checked ? "primary" : "default"}
            disabled={!checked}
            loading={take.isPending && checked !== undefined}
            onClick={() => take.mutate(false)}
          >
            {say(words.book)}
          </Button>
        </>
      }
    >
      <div className="upload-rows">
        <label htmlFor="upload-kind">
          {say(words.kind)}{" "}
          <Select
            id="upload-kind"
            value={kind}
            onChange={(value) => {
              setKind(value);
              take.reset();
            }}
            style={{ width: 140 }}
            options={KINDS.map((value) => ({ value, label: word(words.kinds, value, say) }))}
          />
        </label>
        <Upload
          maxCount={1}
          accept=".yaml,.yml"
          beforeUpload={choose(setMap)}
          onRemove={() => setMap(undefined)}
        >
          <Button>{say(words.map)}</Button>
        </Upload>
        <Upload maxCount={1} beforeUpload={choose(setFile)} onRemove={() => setFile(undefined)}>
          <Button>{say(words.data)}</Button>
        </Upload>
      </div>
      {checked ? (
        <>
          <p role="status">{say(words.checked)(count(checked.rows), count(checked.bad))}</p>
          {checked.refused.length > 0 ? (
            <table className="plain">
              <thead>
                <tr>
                  <th className="num">{say(words.line)}</th>
                  <th>{say(words.column)}</th>
                  <th>{say(words.says)}</th>
                </tr>
              </thead>
              <tbody>
                {checked.refused.slice(0, 10).map(({ line, column, says, saysZh }) => (
                  <tr key={`${line} ${column}`}>
                    <td className="num figure">{line}</td>
                    <td>{word(columnWords, column, say)}</td>
                    <td>
                      {lang === "zh" ? inChinese(saysZh) : says}
                      {lang === "zh" && foundIn(says) ? <code className="soft"> {foundIn(says)}</code> : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
        </>
      ) : null}
    </Dialog>
  );
}
