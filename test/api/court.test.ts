import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, apiWorld, asRead, type Client } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

/** The court room's questions, asked of one book: a suit about L1, whose mandate the firm hengxin has, and one about L3, which is the house's own. */
describe("the court room over HTTP", () => {
  let test_: TestDatabase;
  let world: ApiWorld;
  let house: Client;
  let firm: Client;
  const json = async (client: Client, url: string, method: "GET" | "POST" = "GET", body?: unknown) => {
    const answer = await client(method, url, body);
    return {
      status: answer.statusCode,
      body: answer.body === "" ? {} : (answer.json() as Record<string, never>),
    };
  };
  const told = async (
    loan: string,
    id: string,
    event: string,
    on: string,
    more: Record<string, string> = {},
  ) => {
    const url = `/v1/loans/${loan}/proceedings/${id}`;
    const body = { event, on, with: more };
    const answer = await house("POST", `${url}/events`, body, await asRead(house, url));
    expect(answer.statusCode, answer.body).toBe(200);
  };

  beforeAll(async () => {
    test_ = await ENGINES.find(({ name }) => name === "embedded")!.open();
    world = await apiWorld(test_.db);
    house = await world.as("operations");
    firm = await world.as("law-firm");
    for (const loan of ["L1", "L3"]) {
      const opened = await house("POST", `/v1/loans/${loan}/proceedings`, {
        kind: "suit",
        court: "浦东新区人民法院",
        on: "2026-02-25",
        claimed: "1000.00",
        procedure: "summary",
        id: `S-${loan}`,
      });
      expect(opened.statusCode, opened.body).toBe(200);
      await told(loan, `S-${loan}`, "filed", "2026-02-26");
    }
    await told("L1", "S-L1", "accepted", "2026-02-27", { case_number: "(2026)沪0115民初88号" });
    await told("L1", "S-L1", "hearing-set", "2026-03-01", { hearing: "2026-03-20", at: "09:30" });
  });
  afterAll(async () => {
    await test_?.drop();
  });

  test("a list of proceedings names the next day of each, and goes on where its page ended", async () => {
    const first = await json(house, "/v1/proceedings?limit=1");
    expect(first.body).toMatchObject({
      items: [{ proceeding: "S-L1", state: "hearing", caseNumber: "(2026)沪0115民初88号" }],
    });
    const second = await json(house, `/v1/proceedings?limit=1&cursor=${first.body.next}`);
    // 七日 to register the suit: Civil Procedure Law art. 126; filed on Thursday 26 February, so by Thursday 5 March.
    expect(second.body).toMatchObject({
      items: [
        {
          proceeding: "S-L3",
          state: "filed",
          next: { what: "court-accepts", lastOn: "2026-03-05", by: "court" },
        },
      ],
      next: null,
    });
  });

  test("a firm sees what it has the mandate for, and no other", async () => {
    expect((await json(firm, "/v1/proceedings")).body).toMatchObject({
      items: [{ proceeding: "S-L1" }],
      next: null,
    });
    const days = (await json(firm, "/v1/court/deadlines")).body as unknown as {
      items: { matter: string; what: string }[];
    };
    expect(new Set(days.items.map(({ matter }) => matter))).toEqual(new Set(["S-L1"]));
    expect(days.items.some(({ what }) => what === "hearing")).toBe(true);
    expect((await firm("GET", "/v1/court/calendar.ics")).body).not.toContain("S-L3");
    const stranger = await world.as("law-firm", { party: "anotherfirm:zhao" });
    expect((await json(stranger, "/v1/proceedings")).body).toMatchObject({ items: [] });
    expect((await json(stranger, "/v1/loans/L1/proceedings/S-L1")).status).toBe(404);
  });

  test("the calendar has the hearing at its hour, half past nine in Shanghai", async () => {
    const feed = await house("GET", "/v1/court/calendar.ics");
    expect(feed.headers["content-type"]).toContain("text/calendar");
    expect(feed.body).toMatch(/DTSTART:20260320T013000Z/);
  });

  test("a proceeding tells its days, its fee, and what each next event needs", async () => {
    const { body } = await json(house, "/v1/loans/L1/proceedings/S-L1");
    // 1,000 yuan: 50 yuan a case (Measures on litigation costs art. 13), halved in summary procedure (art. 16).
    expect(body).toMatchObject({ claimed: "1000.00", fees: { total: { charged: "25.00" } } });
    const may = (body as unknown as { may: { key: string; event: string; with: object; fields: object[] }[] })
      .may;
    expect(may.find(({ key }) => key === "judgment")?.fields).toContainEqual({
      column: "principal",
      kind: "money",
      choices: null,
      needed: true,
    });
    expect(may.find(({ key }) => key === "served-judgment")).toBeUndefined();
    expect((await json(house, "/v1/loans/L3/proceedings/S-L1")).status).toBe(404);
  });

  test("an event in the wrong place is refused in both languages, and a dry run writes nothing", async () => {
    const wrong = await house(
      "POST",
      "/v1/loans/L3/proceedings/S-L3/events",
      {
        event: "heard",
        on: "2026-03-01",
      },
      await asRead(house, "/v1/loans/L3/proceedings/S-L3"),
    );
    expect(wrong.statusCode).toBe(422);
    expect(wrong.json()).toMatchObject({ detailZh: expect.stringMatching(/\p{Script=Han}/u) });
    const tried = await house(
      "POST",
      "/v1/loans/L3/proceedings/S-L3/events?dryRun=true",
      {
        event: "accepted",
        on: "2026-03-01",
        with: { case_number: "(2026)沪0115民初99号" },
      },
      await asRead(house, "/v1/loans/L3/proceedings/S-L3"),
    );
    expect(tried.json()).toMatchObject({ became: "would-record" });
    expect((await json(house, "/v1/loans/L3/proceedings/S-L3")).body).toMatchObject({ state: "filed" });
  });

  test("all seventeen papers are checked; one with gaps is printed only as a draft", async () => {
    const { body } = await json(house, "/v1/loans/L1/papers");
    const papers = body as unknown as { items: { kind: string; filed: boolean; stops: number }[] };
    expect(papers.items).toHaveLength(17);
    const complaint = papers.items.find(({ kind }) => kind === "complaint-loan")!;
    expect(complaint.filed).toBe(complaint.stops === 0);
    expect(complaint.stops).toBeGreaterThan(0);
    const file = "/v1/loans/L1/papers/complaint-loan/file?format=text";
    expect((await house("GET", file)).statusCode).toBe(422);
    const draft = await house("GET", `${file}&draft=true`);
    expect(draft.statusCode, draft.body).toBe(200);
    expect(draft.body).toContain("不得提交");
    expect(draft.body).toContain("张L1");
    // What is only looked at has no name in it.
    expect((await house("GET", "/v1/loans/L1/papers/complaint-loan")).body).not.toContain("张L1");
  });

  test("advice names a way with its costs; of the court that can hear it, what is missing", async () => {
    const { status, body } = await json(house, "/v1/loans/L1/advice");
    expect(status).toBe(200);
    expect(body).toMatchObject({ take: "do-not-sue", because: [{ why: "in-court-already" }] });
    const courts = await json(house, "/v1/loans/L1/courts");
    expect(courts.status).toBe(200);
    expect(JSON.stringify(courts.body)).not.toContain("示例路");
  });

  test("what comes of a loan is told with how sure it is and the least that stops it", async () => {
    const { body } = await json(house, "/v1/loans/L1/forecast");
    const found = body as unknown as {
      events: {
        kind: string;
        certainty: string;
        on: string;
        stop: { by: string } | null;
        says: { zh: string[] };
      }[];
    };
    expect(found.events.find(({ kind }) => kind === "due")).toMatchObject({ certainty: "contract" });
    expect(found.events.every(({ says }) => says.zh.length > 0)).toBe(true);
    const tomorrow = await json(house, "/v1/loans/L1/forecast?asOf=2026-03-09");
    expect(tomorrow.status).toBe(422);
  });

  test("a loan's line begins with all that was lent, and ends with what is late", async () => {
    const { body } = await json(house, "/v1/loans/L1/line");
    const { points } = body as unknown as {
      points: { on: string; outstanding: string; arrears: string; dpd: number }[];
    };
    expect(points[0]).toMatchObject({ on: "2025-12-10", outstanding: "1000.00", arrears: "0.00", dpd: 0 });
    // Due on 10 January 2026 and never paid: 50 days by 1 March.
    expect(points.at(-1)).toMatchObject({ on: "2026-03-01", dpd: 50 });
  });

  test("an enforcement is applied for, followed by a list, and told in the days of all", async () => {
    const apply = await house("POST", "/v1/loans/L1/enforcements", {
      court: "浦东新区人民法院",
      number: "(2026)沪0115民初1号",
      on: "2026-03-01",
      debt: "800.00",
      valueOn: "2026-02-01",
      performBy: "2026-02-10",
      id: "E1",
    });
    expect(apply.statusCode, apply.body).toBe(200);
    const accepted = await house(
      "POST",
      "/v1/loans/L1/enforcements/E1/events",
      {
        event: "accepted",
        on: "2026-03-02",
        with: { number: "(2026)沪0115执9号" },
      },
      await asRead(house, "/v1/loans/L1/enforcements/E1"),
    );
    expect(accepted.statusCode, accepted.body).toBe(200);
    const { body } = await json(house, "/v1/loans/L1/enforcements");
    expect(body).toMatchObject({
      items: [{ enforcement: "E1", state: "accepted", judgment: { debt: "800.00" } }],
    });
    expect((await json(firm, "/v1/enforcements")).body).toMatchObject({
      items: [{ enforcement: "E1", loan: "L1" }],
    });
    const days = (await json(house, "/v1/court/deadlines?to=2026-12-31")).body as unknown as {
      items: { of: string }[];
    };
    expect(days.items.some(({ of }) => of === "enforcement")).toBe(true);
    const strange = await house(
      "POST",
      "/v1/loans/L3/enforcements/E1/events",
      { event: "accepted", on: "2026-03-02" },
      await asRead(house, "/v1/loans/L1/enforcements/E1"),
    );
    expect(strange.statusCode).toBe(404);
  });
});
