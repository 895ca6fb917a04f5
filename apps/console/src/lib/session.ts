import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Answers } from "./answers.ts";
import { ApiProblem, ask, setCsrf } from "./client.ts";
import { useSettings } from "./settings.tsx";

type SignedIn = Answers["session.me"];

export interface Me extends SignedIn {
  /** Names of what this role may do at all; whether it may with a certain loan, the API says when asked. */
  readonly may: readonly string[];
}

/** Who is signed in, with what he may do; `null` for nobody. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Me | null> => {
    try {
      const me = await ask<SignedIn>("/v1/me");
      setCsrf(me.csrf);
      const { may } = me.setUp ? { may: [] } : await ask<Answers["session.may"]>("/v1/me/may");
      return { ...me, may };
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
  retry: false,
});

export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("rooms are shown to who is signed in");
  return data;
}

const READS =
  /\.(?:read|list|why|timeline|schedule|limitation|verify|contacts|refused|try|progress|file|may|me)$/;

/** Whether he may do something at all; what changes anything is off while the past is shown. */
export function useMay(): (action: string) => boolean {
  const me = useMe();
  const { asOf } = useSettings();
  return (action) => me.may.includes(action) && (asOf === undefined || READS.test(action));
}
