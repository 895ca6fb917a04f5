import type { FastifyRequest } from "fastify";
import type { Instant } from "../../core/index.ts";
import type { Courier } from "../../dispatch/index.ts";
import type { House, Page, Said, Show } from "../../portal/index.ts";
import type { Lender, LoanFile } from "../../store/index.ts";
import type { Api } from "../api.ts";
import type { Who } from "../route.ts";

/** What the portal is given beside the book: nothing of it is looked up anywhere else. */
export interface PortalGiven {
  /** How borrowers of a lender reach it, by its code. */
  house(lender: string): House & { readonly sign?: string };
  /** By him a code goes out. */
  readonly courier: Courier;
  /** Names of laws, by their place under `law/`. */
  readonly laws: Readonly<Record<string, Said>>;
  /** Custom properties of the tones. */
  readonly style: string;
  /** Folder of the built islands; without one the pages work by themselves. */
  readonly islands?: string;
}

/** One request for a page. */
export interface Visit {
  readonly api: Api;
  readonly portal: PortalGiven;
  readonly request: FastifyRequest;
  readonly now: Instant;
  readonly client: string;
  readonly show: Show;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Fields of a form that was sent; empty of a page that is only looked at. */
  readonly form: URLSearchParams;
}

/** Of somebody who is signed in: he himself, his lender, his loans. Nothing of anybody else can be named. */
export interface OwnVisit extends Visit {
  readonly who: Who;
  readonly lender: Lender;
  readonly files: readonly LoanFile[];
}

export type Reply = (
  | { readonly page: Page; readonly status?: number }
  | { readonly to: string }
  | { readonly text: string; readonly type: string; readonly file?: string }
) & { readonly cookies?: readonly string[] };

interface Address {
  readonly method: "GET" | "POST";
  readonly url: string;
}

export interface OpenPage extends Address {
  readonly open: true;
  handle(visit: Visit): Promise<Reply>;
}

/** A page that only the borrower himself gets; its name stands in the log of accesses. */
export interface OwnPage extends Address {
  readonly open: false;
  readonly id: string;
  handle(visit: OwnVisit): Promise<Reply>;
}

export type PortalPage = OpenPage | OwnPage;

export const open = (method: "GET" | "POST", url: string, handle: OpenPage["handle"]): OpenPage => ({
  open: true,
  method,
  url,
  handle,
});
export const own = (id: string, method: "GET" | "POST", url: string, handle: OwnPage["handle"]): OwnPage => ({
  open: false,
  id,
  method,
  url,
  handle,
});
