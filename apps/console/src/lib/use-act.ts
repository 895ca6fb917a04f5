import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Answers } from "./answers.ts";

/**
 * A write: when it is taken, `done` follows at once, and then what the page shows is read again, all of it or only
 * `again`; until that is there the write counts as under way. That somebody was quicker is met in `app.tsx`, for every write.
 */
export function useAct<Told = void, Answer = unknown>({
  send,
  done,
  again,
  failed,
}: {
  readonly send: (told: Told) => Promise<Answer>;
  readonly done?: (answer: Answer, told: Told) => void;
  readonly again?: keyof Answers;
  readonly failed?: () => unknown;
}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (answer, told) => {
      done?.(answer, told);
      await queries.invalidateQueries(again ? { queryKey: [again] } : {});
    },
    onError: () => failed?.(),
  });
}
