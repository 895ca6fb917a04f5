import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { ApiProblem } from "../lib/client.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";

/** A page's head: what it is, one line of what it shows, and its one primary act. */
export function Head({
  title,
  lead,
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className="head">
      <div>
        <h1>{title}</h1>
        {lead ? <p className="soft lead">{lead}</p> : null}
      </div>
      {children ? <div className="head-acts">{children}</div> : null}
    </header>
  );
}

/** The button under a list that the server gives page by page, while there is more of it. */
export function More({
  of: { hasNextPage, isFetchingNextPage, fetchNextPage },
}: {
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
}) {
  const say = useSay();
  if (!hasNextPage) return null;
  return (
    <div className="more">
      <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
        {say(frame.more)}
      </Button>
    </div>
  );
}

export function Panel({
  title,
  extra,
  children,
  flush,
  label,
}: {
  readonly title?: ReactNode;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
  readonly label?: string;
}) {
  return (
    <section className="panel" aria-label={label}>
      {title ? (
        <div className="panel-head">
          <h2>{title}</h2>
          {extra}
        </div>
      ) : null}
      <div className={flush ? "panel-flush" : "panel-body"}>{children}</div>
    </section>
  );
}

/** One of a list of facts: its name, and what it is. */
export function Fact({
  name,
  className,
  children,
}: {
  readonly name: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={className}>{children}</dd>
    </div>
  );
}

/** Nothing here, and what that means. */
export function Nothing({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing-title">{title}</p>
      {children ? <div className="soft">{children}</div> : null}
    </div>
  );
}

/** What the API said no with, in the reader's language, and what he can do. */
export function Trouble({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const say = useSay();
  const { lang } = useSettings();
  const problem = error instanceof ApiProblem ? error : undefined;
  const isOffline = !problem && error instanceof TypeError;
  const title = problem ? problem.titles[lang] : say(isOffline ? frame.offline : frame.unknown);
  // An expected "no" is no error: only trouble of ours is red.
  const kind = problem && problem.status < 500 ? "trouble no" : "trouble";
  return (
    <div className={kind} role="alert">
      <p className="trouble-title">{title}</p>
      {problem?.details ? <p>{problem.details[lang]}</p> : null}
      {problem && problem.errors.length > 0 ? (
        <ul>
          {problem.errors.map(({ at, says, saysZh }) => (
            <li key={`${at} ${says}`}>
              {at ? <code>{at}</code> : null} {lang === "zh" ? (saysZh ?? says) : says}
            </li>
          ))}
        </ul>
      ) : null}
      {problem && problem.changes.length > 0 ? (
        <ul className="log">
          {problem.changes.map(({ at, by, says }) => (
            <li key={`${at} ${by} ${says.en}`}>
              <span className="soft">{by}</span> {says[lang]}
            </li>
          ))}
        </ul>
      ) : null}
      {problem?.status === 500 && problem.request ? (
        <p className="soft">{say(frame.request)(problem.request)}</p>
      ) : null}
      {retry ? (
        <Button size="small" onClick={retry}>
          {say(frame.retry)}
        </Button>
      ) : null}
    </div>
  );
}

/** One of three: still loading, in trouble, or there. */
export function Loaded<T>({
  query,
  children,
  rows = 4,
}: {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
  readonly rows?: number;
}) {
  const say = useSay();
  // What is no longer his to see goes from the screen, though it was there a moment ago.
  const isGone =
    query.error instanceof ApiProblem && (query.error.status === 404 || query.error.status === 403);
  if (query.data !== undefined && !isGone) return <>{children(query.data)}</>;
  if (query.error) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className="loading" role="status" aria-label={say(frame.loading)}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}
