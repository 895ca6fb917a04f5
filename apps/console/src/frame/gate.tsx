import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { roomsOf } from "../lib/rooms.ts";
import { meQuery } from "../lib/session.ts";
import { Loaded } from "../parts/states.tsx";
import { Frame } from "./frame.tsx";
import { SetUp } from "./set-up.tsx";

/** Lets in who is signed in; the others go to the sign-in and come back to where they wanted to. */
export function Gate() {
  const me = useQuery(meQuery);
  const { pathname } = useLocation();
  return (
    <Loaded query={me} rows={8}>
      {(who) => {
        if (who === null) return <ToSignIn from={pathname} />;
        if (who.setUp) return <SetUp />;
        const [first] = roomsOf(who.may, who.role);
        if (pathname === "/" && first) return <Navigate to={first.path} replace />;
        return <Frame />;
      }}
    </Loaded>
  );
}

/**
 * Once, and from where he was when it began: `Navigate` goes again each time it is drawn with other props, and while the way to
 * the sign-in is made the address is another one already, so that the page never comes to rest.
 */
function ToSignIn({ from }: { readonly from: string }) {
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where he was when it began
  useEffect(() => {
    void navigate({ to: "/sign-in", search: { to: from } as never, replace: true });
  }, []);
  return null;
}
