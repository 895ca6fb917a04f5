import { useQuery } from "@tanstack/react-query";
import { Navigate, useLocation } from "@tanstack/react-router";
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
        if (who === null) return <Navigate to="/sign-in" search={{ to: pathname } as never} replace />;
        if (who.setUp) return <SetUp />;
        const [first] = roomsOf(who.may, who.role);
        if (pathname === "/" && first) return <Navigate to={first.path} replace />;
        return <Frame />;
      }}
    </Loaded>
  );
}
