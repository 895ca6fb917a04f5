import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { requestWords } from "../words/requests.ts";
import { ask } from "./client.ts";
import { useMay } from "./session.ts";
import { useSay } from "./settings.tsx";
import { useAct } from "./use-act.ts";

/** What happens to a complaint or a request for help: which event may follow, which is being told, and its write. */
export function useEvents<Doing>(
  name: "complaint" | "hardship",
  path: string,
  { version, mayFollow }: { readonly version: number; readonly mayFollow: readonly string[] },
) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [doing, setDoing] = useState<Doing | undefined>();
  const write = useAct({
    send: (body: object) => ask(`${path}/events`, { method: "POST", body, ifMatch: version }),
    done: () => {
      setDoing(undefined);
      void message.success(say(requestWords.done));
    },
    failed: () => queries.invalidateQueries({ queryKey: [`${name}.read`] }),
  });
  return {
    can: (event: string): boolean => may(`${name}.event`) && mayFollow.includes(event),
    doing,
    begin: (what: Doing) => {
      write.reset();
      setDoing(what);
    },
    write,
    close: () => setDoing(undefined),
    run: (body: object) => write.mutate(body),
  };
}
