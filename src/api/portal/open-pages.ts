import { courtMessageLaw } from "../../../packs/cn/index.ts";
import { loadCalendar } from "../../../packs/load.ts";
import { addDays, dayAt, parseDay } from "../../core/index.ts";
import { LONGEST_MESSAGE, readCourtMessage, type Source, sourcesIn } from "../../legal/index.ts";
import {
  BORROW_FIELDS,
  type BorrowTyped,
  borrowPage,
  CHECK_WRONG,
  checkPage,
  debtsPage,
  GUIDE_IDS,
  type GuideId,
  guideOf,
  guidePage,
  guidesPage,
  homePage,
  messagePage,
} from "../../portal/index.ts";
import { open, type Reply, type Visit } from "./visit.ts";

/** The place whose courts' messages are read. */
const PLACE = "cn";

/** Law of a guide at the reader's place, as it stands today. */
export function guideLaw({ api, now, show }: Visit, id: GuideId): readonly Source[] {
  const { place = PLACE, zone } = show;
  return sourcesIn(api.shelves.pack(place, []), dayAt(zone, now), ...(guideOf(id, place)?.law ?? []));
}

async function readMessage(visit: Visit): Promise<Reply> {
  const { api, form, show, now } = visit;
  const today = dayAt(show.zone, now);
  const typed = {
    text: (form.get("text") ?? "").slice(0, LONGEST_MESSAGE * 2),
    from: (form.get("from") ?? "").slice(0, 60),
    received: form.get("received") ?? "",
  };
  const receivedOn = parseDay(typed.received) ?? today;
  const again = (wrong: keyof typeof CHECK_WRONG): Reply => ({
    page: checkPage({ today, typed: { ...typed, received: "" }, wrong: CHECK_WRONG[wrong] }, show),
    status: 422,
  });
  if (show.place !== PLACE) return again("otherPlace");
  if (typed.text.trim() === "") return again("empty");
  const law = courtMessageLaw(api.shelves.pack(PLACE, [])!, loadCalendar(PLACE), receivedOn);
  if (!law.ok || receivedOn > addDays(today, 1)) return again("noLaw");
  const read = readCourtMessage(
    { text: typed.text, receivedOn, ...(typed.from.trim() === "" ? {} : { sender: typed.from.trim() }) },
    law.value,
  );
  return { page: messagePage({ read, law: law.value, cut: typed.text.length > LONGEST_MESSAGE }, show) };
}

export const GENERAL_PAGES = [
  open("GET", "/", async ({ show }) => ({ page: homePage(show) })),
  open("GET", "/check", async ({ show, now }) => ({
    page: checkPage({ today: dayAt(show.zone, now), typed: { text: "", from: "", received: "" } }, show),
  })),
  open("GET", "/check/letter", async ({ query, show }) => ({
    to: `/verify/${encodeURIComponent((query.get("code") ?? "").slice(0, 60).trim() || "0")}?lang=${show.language}`,
  })),
  open("POST", "/check/message", readMessage),
  open("GET", "/debts", async ({ show }) => ({ page: debtsPage(show) })),
  open("GET", "/borrow", async ({ show, now }) => ({
    page: borrowPage(undefined, dayAt(show.zone, now), show),
  })),
  open("POST", "/borrow", async ({ show, now, form }) => ({
    page: borrowPage(
      Object.fromEntries(
        BORROW_FIELDS.map((field) => [field, (form.get(field) ?? "").slice(0, 30)]),
      ) as unknown as BorrowTyped,
      dayAt(show.zone, now),
      show,
    ),
  })),
  open("GET", "/guides", async ({ show }) => ({ page: guidesPage(false, show) })),
  ...GUIDE_IDS.map((id) =>
    open("GET", `/guides/${id}`, async (visit) => ({
      page: guidePage(id, guideLaw(visit, id), undefined, visit.show),
    })),
  ),
] as const;
