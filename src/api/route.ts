import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Instant } from "../core/index.ts";
import type { KeptLetter, Lender, LoanFile, Session } from "../store/index.ts";
import type { Grants, Relation, Role, Scope, SubjectKind } from "./access/roles.ts";
import type { Api } from "./api.ts";
import type { Guard, Shown } from "./guard.ts";

/** Who asks: a person by his session, or a program by its token. */
export interface Who {
  readonly kind: "person" | "program";
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** As he stands while this request runs. */
  readonly lender: Lender;
  readonly party: string | null;
  readonly scopes: readonly string[];
  readonly session?: Session & { readonly secret: string };
}

/** A borrower as he is looked up: his row, and his loans. */
export interface BorrowerFile {
  readonly externalId: string;
  readonly files: readonly LoanFile[];
}

/** What was looked up before the route runs; nothing else may be reached by an id. */
export interface Subjects {
  readonly nothing: Record<never, never>;
  readonly lender: { readonly lender: Lender };
  readonly loan: { readonly lender: Lender; readonly file: LoanFile };
  readonly borrower: { readonly lender: Lender; readonly borrower: BorrowerFile };
  readonly letter: { readonly lender: Lender; readonly letter: KeptLetter };
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

export type Ask<K extends SubjectKind, P, Q, B> = Subjects[K] & {
  readonly api: Api;
  readonly who: Who;
  readonly relation: Relation;
  readonly now: Instant;
  readonly params: Out<P>;
  readonly query: Out<Q>;
  readonly body: Out<B>;
  /** Of a guarded write: the version that `If-Match` names. Whoever writes compares it where nobody else can write meanwhile. */
  readonly version: number | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Written into the log of accesses beside this request: a reason, the fields that were shown in full. */
  remark(text: string): void;
};

/** What every handler is given, whatever it is about. */
export type AskWhole = Ask<SubjectKind, undefined, undefined, undefined>;

export interface Route<
  K extends SubjectKind = SubjectKind,
  P extends z.ZodType | undefined = z.ZodType | undefined,
  Q extends z.ZodType | undefined = z.ZodType | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  A extends z.ZodType = z.ZodType,
> {
  /** `loan.read`: the name in the matrix, in the log and in OpenAPI. Never changed. */
  readonly id: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: string;
  readonly says: { readonly en: string; readonly zh: string };
  readonly of: K;
  readonly may: Grants;
  /** The thing that the answer shows, with its version: `ETag` says it too. */
  readonly shows?: Shown;
  /** Of a write: how it knows what somebody else did meanwhile. */
  readonly guard?: Guard;
  /** The scope that a program needs; said wherever `may.integrator` is not `never`. */
  readonly scope?: Scope;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answers: A;
  readonly status?: 200 | 201 | 202 | 204;
  /** A write that is not kept and given again: its answer holds what must not be stored, or it ends something. */
  readonly once?: true;
  /** The body is a file, and comes as a stream. */
  readonly takesFile?: true;
  /** Answers by itself, as a stream of events or a file. */
  readonly streams?: true;
  /** The largest body that is read, in bytes. */
  readonly mostBytes?: number;
  /** A session that came by a link may only set up how its owner signs in; this route belongs to that. */
  readonly whileSettingUp?: true;
  handle(ask: Ask<K, P, Q, B>): Promise<z.input<A>>;
}

/** A route with the types of its schemas. */
export const route = <
  K extends SubjectKind,
  A extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  given: Route<K, P, Q, B, A>,
): Route => given as unknown as Route;

/** A route that nobody has to sign in for. There are few, and each is named in the matrix as open. */
export interface OpenRoute<
  B extends z.ZodType | undefined = z.ZodType | undefined,
  A extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly says: { readonly en: string; readonly zh: string };
  readonly body?: B;
  readonly answers: A;
  readonly status?: 200 | 201;
  handle(ask: {
    readonly api: Api;
    readonly now: Instant;
    readonly client: string;
    readonly body: Out<B>;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  }): Promise<z.input<A>>;
}

export const openRoute = <A extends z.ZodType, B extends z.ZodType | undefined = undefined>(
  given: OpenRoute<B, A>,
): OpenRoute => given as unknown as OpenRoute;
