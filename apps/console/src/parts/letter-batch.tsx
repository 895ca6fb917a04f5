import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, InputNumber, Radio } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { count } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { lettersWords as words } from "../words/letters.ts";
import { Dialog } from "./dialog.tsx";

type Moved = Answers["letters.approve"]["items"][number];

interface Batch {
  readonly what: "approve" | "sign";
  readonly letters: readonly { readonly letter: string; readonly number: string }[];
  readonly close: () => void;
}

/** Many letters at once: first what would happen, with each that is refused and why; then, and only then, the act. */
export function LetterBatch({ what, letters, close }: Batch) {
  const say = useSay();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [how, setHow] = useState<"each" | "sample">("each");
  const [size, setSize] = useState(3);
  const run = useMutation({
    mutationFn: (dryRun: boolean) =>
      ask<Partial<Answers["letters.approve"]> & Partial<Answers["letters.sign"]>>(`/v1/letters/${what}`, {
        method: "POST",
        query: { dryRun },
        body: {
          letters: letters.map(({ letter }) => letter),
          // The same batch gives the same sample, so that what was read stays what has to be read.
          // "Each was read" is a sample of all of them: without one nobody looks whether they were read.
          ...(what === "approve"
            ? { sample: { n: how === "sample" ? size : letters.length, seed: letters.length } }
            : {}),
        },
      }),
    onSuccess: async (done, dryRun) => {
      if (dryRun) return;
      await queries.invalidateQueries();
      void message.success(
        say(what === "approve" ? words.batchApproved : words.batchSigned)(
          count(done.approved ?? done.signed ?? 0),
        ),
      );
      close();
    },
  });
  const tried = run.data;
  const isTrying = run.variables === true;
  const would = tried ? (tried.approved ?? tried.signed ?? 0) : 0;
  const refused = (tried?.items ?? []).filter(({ done }) => !done);
  const numbers = new Map(letters.map(({ letter, number }) => [letter, number]));
  return (
    <Dialog
      width={640}
      title={say(what === "approve" ? words.approveMany : words.signMany)}
      lead={say(words.batchLead)(count(letters.length))}
      write={run}
      close={close}
      buttons={
        <>
          <Button
            type={tried ? "default" : "primary"}
            loading={run.isPending && isTrying}
            onClick={() => run.mutate(true)}
          >
            {say(words.tryMany)}
          </Button>
          {tried ? (
            <Button
              type="primary"
              disabled={would === 0}
              loading={run.isPending && !isTrying}
              onClick={() => run.mutate(false)}
            >
              {say(what === "approve" ? words.approveN : words.signN)(count(would))}
            </Button>
          ) : null}
        </>
      }
    >
      {what === "approve" ? (
        <Radio.Group
          className="message-choices"
          value={how}
          onChange={({ target }) => {
            run.reset();
            setHow(target.value as "each" | "sample");
          }}
          options={[
            { value: "each", label: say(words.eachRead) },
            { value: "sample", label: say(words.bySample) },
          ]}
        />
      ) : null}
      {how === "sample" && what === "approve" ? (
        <p>
          {say(words.sampleSize)}{" "}
          <InputNumber
            aria-label={say(words.sampleSize)}
            min={1}
            max={letters.length}
            value={size}
            onChange={(value) => {
              run.reset();
              setSize(value ?? 1);
            }}
          />
        </p>
      ) : null}
      {tried?.certificate ? (
        <p>
          {say(words.certificate)} <strong>{tried.certificate}</strong>
          {tried.development ? <span className="tag dash">{say(words.development)}</span> : null}
        </p>
      ) : null}
      {tried?.sample && how === "sample" ? (
        <p>
          {say(words.sampleOf)}{" "}
          {tried.sample.map((letter) => (
            <span key={letter}>
              <Link to="/letters/$letter" params={{ letter }}>
                {numbers.get(letter) ?? letter}
              </Link>{" "}
            </span>
          ))}
        </p>
      ) : null}
      {tried ? (
        <>
          <p role="status">{say(words.would)(count(would), count(refused.length))}</p>
          <Refused refused={refused} numbers={numbers} />
        </>
      ) : null}
    </Dialog>
  );
}

/** Every reason once, with the letters that it stops. */
function Refused({
  refused,
  numbers,
}: {
  readonly refused: readonly Moved[];
  readonly numbers: ReadonlyMap<string, string>;
}) {
  const { lang } = useSettings();
  const groups = new Map<string, Moved[]>();
  for (const one of refused) groups.set(one.code, [...(groups.get(one.code) ?? []), one]);
  return (
    <ul className="log">
      {[...groups].map(([code, some]) => (
        <li key={code}>
          <strong title={code}>{some[0]!.says?.[lang] ?? code}</strong>{" "}
          {some.slice(0, 20).map(({ letter }) => (
            <span key={letter}>
              <Link to="/letters/$letter" params={{ letter }}>
                {numbers.get(letter) ?? letter}
              </Link>{" "}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
