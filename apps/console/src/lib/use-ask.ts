import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Answers } from "./answers.ts";
import { type Asking, ask } from "./client.ts";

/** Asks the API by an operation's name, and gives what its description says that it answers. */
export function useAsk<Name extends keyof Answers>(
  name: Name,
  path: string,
  query: Asking["query"] = {},
  options: {
    readonly enabled?: boolean;
    readonly keep?: boolean;
    readonly every?: number;
    readonly fresh?: number;
  } = {},
) {
  return useQuery({
    queryKey: [name, path, query],
    queryFn: ({ signal }) => ask<Answers[Name]>(path, { query, signal }),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(options.fresh === undefined ? {} : { staleTime: options.fresh }),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
  });
}

/** All of a paged list that is there so far. */
export const itemsOf = <T>(
  data: { readonly pages: readonly { readonly items: readonly T[] }[] } | undefined,
): T[] => data?.pages.flatMap(({ items }) => items) ?? [];

type Paged = {
  [Name in keyof Answers]: Answers[Name] extends {
    readonly items: readonly unknown[];
    readonly next: string | null;
  }
    ? Name
    : never;
}[keyof Answers];

/** A list that the server gives page by page. */
export function usePages<Name extends Paged>(
  name: Name,
  path: string,
  query: Asking["query"] = {},
  enabled = true,
) {
  return useInfiniteQuery({
    queryKey: [name, path, query, "pages"],
    queryFn: ({ signal, pageParam }) =>
      ask<Answers[Name]>(path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last as { readonly next: string | null }).next ?? undefined,
    enabled,
  });
}
