import { Link } from "@tanstack/react-router";
import { useSay } from "../lib/settings.tsx";
import { Nothing, Trouble } from "../parts/states.tsx";
import { frame } from "../words/frame.ts";

export function NotFound() {
  const say = useSay();
  return (
    <main className="lost">
      <Nothing title={say(frame.notFound)}>
        <Link to="/">{say(frame.home)}</Link>
      </Nothing>
    </main>
  );
}

export const RoomTrouble = ({ error, reset }: { readonly error: unknown; readonly reset: () => void }) => (
  <Trouble error={error} retry={reset} />
);
