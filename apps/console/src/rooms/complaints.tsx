import { RequestList } from "../parts/request-list.tsx";
import { rooms } from "../words/frame.ts";
import { complaintWords as words } from "../words/requests.ts";

/** The register of complaints and disputes. */
export function Page() {
  return (
    <RequestList
      name="complaints.list"
      path="/v1/complaints"
      room="/complaints"
      title={rooms.complaints}
      lead={words.lead}
      none={words.none}
      noneMore={words.noneMore}
      states={words.states}
      kinds={{ any: words.kind, all: words.kinds }}
    />
  );
}
