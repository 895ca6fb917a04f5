import { Link } from "@tanstack/react-router";
import { Trouble, Nothing } from "../parts/states.tsx";
import { useSay } from "../lib/settings.tsx";
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
