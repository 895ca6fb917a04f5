import { RequestList } from "../parts/request-list.tsx";
import { rooms } from "../words/frame.ts";
import { planWords as words } from "../words/requests.ts";

/** Requests for help, and what became of them. */
export function Page() {
  return (
    <RequestList
      name="hardship.list"
      path="/v1/hardship"
      room="/plans"
      title={rooms.plans}
      lead={words.lead}
      none={words.none}
      noneMore={words.noneMore}
      states={words.states}
    />
  );
}
