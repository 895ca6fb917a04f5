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
  GUIDES,
  guidePage,
  guidesPage,
  homePage,
  messagePage,
} from "../../portal/index.ts";
import { open, type Reply, type Visit } from "./visit.ts";

/** The place whose law the general pages tell. */
const PLACE = "cn";

/** Law of the guides, as it stands today. */
export const guideLaw = (
  { api, now }: Pick<Visit, "api" | "now">,
  names: readonly string[],
): readonly Source[] => sourcesIn(api.shelves.pack(PLACE, []), dayAt("Asia/Shanghai", now), ...names);

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
  ...GUIDES.map((guide) =>
    open("GET", `/guides/${guide.id}`, async (visit) => ({
      page: guidePage(guide, guideLaw(visit, guide.law), undefined, visit.show),
    })),
  ),
] as const;
