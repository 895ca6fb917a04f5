import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ApiProblem } from "./client.ts";

/**
 * The first "there is no such loan" that any part of a loan's page meets. A page asks for a dozen things at
 * different times; when a loan is recalled while somebody looks at it, what was read before has to go with the
 * first part that is refused, not each with its own next reading.
 *
 * `path` is the loan's own (`/v1/loans/L`); only it and what hangs directly from it count, for a thing further
 * down may be missing while the loan is there.
 */
export function useGone(path: string): readonly [gone: ApiProblem | undefined, again: () => void] {
  const queries = useQueryClient();
  const [gone, setGone] = useState<ApiProblem>();
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ type, query }) => {
        const { error } = query.state;
        if (type !== "updated" || !(error instanceof ApiProblem) || error.status !== 404) return;
        if (isOf(path, query.queryKey[1], 1)) setGone(error);
      }),
    [queries, path],
  );
  useEffect(() => {
    // Nothing of it may come back from memory for the moment that a new reading takes.
    if (gone) queries.removeQueries({ predicate: ({ queryKey }) => isOf(path, queryKey[1], 9) });
  }, [gone, queries, path]);
  return [gone, () => setGone(undefined)];
}

const isOf = (path: string, asked: unknown, depth: number): boolean =>
  typeof asked === "string" &&
  (asked === path ||
    (asked.startsWith(`${path}/`) && asked.slice(path.length).split("/").length <= depth + 1));
