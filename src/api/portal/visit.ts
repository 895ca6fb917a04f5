import type { FastifyRequest } from "fastify";
import type { Instant } from "../../core/index.ts";
import type { Courier } from "../../dispatch/index.ts";
import type { FILE_WRONG, House, Page, Said, Show } from "../../portal/index.ts";
import type { Lender, LoanFile } from "../../store/index.ts";
import type { Api } from "../api.ts";
import type { Who } from "../route.ts";
import type { TakenDocument } from "../take-document.ts";

/** What the portal is given beside the book: nothing of it is looked up anywhere else. */
export interface PortalGiven {
  /** How borrowers of a lender reach it, by its code. */
  house(lender: string): House & { readonly sign?: string };
  /** By him a code goes out. */
  readonly courier: Courier;
  /** The place of the book's lenders, whose law is told to whoever is not signed in; the first of them where they differ. */
  readonly place: string;
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
  /** A document that came with the form of a page that takes one, or why none could be read. */
  readonly document?: Omit<TakenDocument, "fields"> | { readonly wrong: keyof typeof FILE_WRONG };
}

export type Reply = (
  | { readonly page: Page; readonly status?: number }
  | { readonly to: string }
  | { readonly text: string | Buffer; readonly type: string; readonly file?: string }
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
  /** Its form may have a document, and is read once it is known who sends it. */
  readonly takesDocument?: true;
  handle(visit: OwnVisit): Promise<Reply>;
}

export type PortalPage = OpenPage | OwnPage;

export const open = (method: "GET" | "POST", url: string, handle: OpenPage["handle"]): OpenPage => ({
  open: true,
  method,
  url,
  handle,
});
export const own = (
  id: string,
  method: "GET" | "POST",
  url: string,
  handle: OwnPage["handle"],
  more: Pick<OwnPage, "takesDocument"> = {},
): OwnPage => ({ open: false, id, method, url, handle, ...more });
