import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { day } from "../../src/core/index.ts";
import { factsOf, figuresBetween, loanFile, loansBehind, products } from "../../src/store/index.ts";
import { type ApiWorld, apiWorld, type Client } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const HIM = "/v1/borrowers/borrower%20of%20L1";

describe("what a borrower asks for, over HTTP", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let he: Client;
  let staff: Client;
  let other: Client;

  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db, {
      scan: async (bytes) => {
        if (bytes.includes("no scanner")) throw new Error("nobody answers");
        return bytes.includes("harm") ? "Test.Signature" : undefined;
      },
    });
    he = await world.as("borrower");
    staff = await world.as("operations", { id: "olga" });
    other = await world.as("supervisor", { id: "sun" });
  });
  afterAll(() => database.drop());

  const version = (n: number) => ({ headers: { "if-match": `"${n}"` } });
  const whyStopped = async (way = "text"): Promise<string[]> => {
    const answer = await staff("GET", "/v1/loans/L1/why");
    const { channels } = answer.json<{
      channels: { via: string; because: { rule: string; outcome: string }[] }[];
    }>();
    return channels
      .find(({ via }) => via === way)!
      .because.filter(({ outcome }) => outcome !== "allow")
      .map(({ rule }) => rule);
  };

  test("his complaint gets a reference at once, stops contact at once, and the house sees by when to answer", async () => {
    const opened = await he("POST", `${HIM}/complaints`, {
      loans: ["L1"],
      kind: "sum-wrong",
      words: "I paid on the first",
      disputed: "100.00",
    });
    expect(opened.statusCode, opened.body).toBe(201);
    const { complaint } = opened.json<{ complaint: Record<string, unknown> }>();
    // 15 days from 2026-03-02 are the 17th: complaint measures, "自收到消费投诉之日起15日内".
    expect(complaint).toMatchObject({
      state: "acknowledged",
      receivedOn: "2026-03-02",
      answerBy: "2026-03-17",
      daysLeft: 15,
      holds: "dispute",
      disputed: "100.00",
      mayFollow: ["informed", "escalated", "withdrawn"],
    });
    expect(complaint.reference).toMatch(
      /^C-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/,
    );
    // A letter would state the whole claim; a message asks for the rest alone (law/house/requests.md, part).
    expect(await whyStopped("letter")).toContain("house/holds");
    expect(await whyStopped("text")).not.toContain("house/holds");
    // Two installments, 215.50 and 212.40, and 0.15 of late interest a day on each, 50 days and 19: 427.90 + 10.35. The 100.00 bear
    // 10.35 x 100.00 / 427.90 = 2.419 of it, rounded up.
    const sums = { disputed: "102.42", askable: "335.83" };
    const loan = await staff("GET", "/v1/loans/L1");
    expect(loan.json()).toMatchObject({ arrears: { total: "438.25" }, ...sums });
    const [row] = (await staff("GET", "/v1/loans")).json<{ items: unknown[] }>().items;
    expect(row).toMatchObject({ loan: "L1", arrears: "438.25", ...sums });
    const [own] = (await staff("GET", "/v1/borrowers/borrower%20of%20L1")).json<{ loans: unknown[] }>().loans;
    expect(own).toMatchObject({ loan: "L1", arrears: "438.25", ...sums });
    const [placed] = (await (await world.as("agency"))("GET", "/v1/placed")).json<{ items: unknown[] }>()
      .items;
    expect(placed).toMatchObject({ loan: "L1", disputed: expect.stringMatching(/^102\./) });
  });

  test("a complaint is a figure of its day by what it is about, and behind it is his loan", async () => {
    const own = (await products(database.db)).map(({ id }) => id);
    const asked = { from: day("2026-03-02"), to: day("2026-03-02") };
    const told = await figuresBetween(database.db, own, ["complaint"], asked);
    expect(told.map(({ what, x, y, n }) => [what, x, y, n])).toEqual([
      ["complaint", "sum-wrong", "portal", 1],
    ]);
    const wanted = { of: "fact", what: "complaint", ...asked, x: "sum-wrong" } as const;
    const { items } = await loansBehind(database.db, own, wanted, { limit: 10 });
    expect(items.map(({ loan }) => loan)).toEqual(["L1"]);
  });

  test("he can add to it and take it back; what the house notes for itself he does not see", async () => {
    const [mine] = (await he("GET", `${HIM}/requests`)).json<{
      items: { reference: string; version: number }[];
    }>().items;
    const url = `${HIM}/complaints/${mine!.reference}`;
    expect(
      (
        await he(
          "POST",
          `${url}/events`,
          { type: "answered", outcome: "upheld", reason: { en: "x", zh: "x" } },
          version(mine!.version),
        )
      ).json(),
    ).toMatchObject({ code: "not-his-to-say" });
    expect(
      (await he("POST", `${url}/events`, { type: "informed", words: "here is the receipt" }, version(99)))
        .statusCode,
    ).toBe(412);
    const noted = await staff(
      "POST",
      `${url}/events`,
      { type: "noted", words: "looks like our mistake" },
      version(mine!.version),
    );
    expect(noted.statusCode, noted.body).toBe(200);
    const seen = (await he("GET", url)).json<{ events: { event: string; by: string }[]; version: number }>();
    expect(seen.events.map(({ event, by }) => `${event} ${by}`)).toEqual(["acknowledged house"]);
    const agency = await world.as("agency");
    expect((await agency("GET", url)).statusCode).toBe(403);
    const stranger = await world.as("borrower", { party: "borrower of L3" });
    expect((await stranger("GET", url)).statusCode).toBe(404);
  });

  test("an outcome gives its reason in both languages, lifts what it stopped, and names what has to be corrected", async () => {
    const [mine] = (await staff("GET", "/v1/complaints")).json<{
      items: { reference: string; borrower: string; daysLeft: number }[];
    }>().items;
    expect(mine).toMatchObject({ borrower: "borrower of L1", daysLeft: 15 });
    const url = `${HIM}/complaints/${mine!.reference}`;
    const { version: at } = (await staff("GET", url)).json<{ version: number }>();
    const answered = await staff(
      "POST",
      `${url}/events`,
      {
        type: "answered",
        outcome: "upheld",
        reason: { en: "The payment of the first was booked late.", zh: "首日还款入账迟延。" },
        corrections: [{ loan: "L1", what: "waiver", amount: "1.00", of: "late-interest" }],
      },
      version(at),
    );
    expect(answered.statusCode, answered.body).toBe(200);
    expect(answered.json()).toMatchObject({
      complaint: {
        state: "upheld",
        holds: null,
        answerBy: null,
        pending: [{ loan: "L1", what: "waiver", amount: "1.00" }],
      },
    });
    expect(await whyStopped()).not.toContain("house/holds");
    // Who found the complaint right does not book it alone, however small the sum.
    const waiting = async () =>
      (await other("GET", "/v1/approvals?state=proposed")).json<{
        items: { id: string; subject: string; body: { complaint?: string; kind: string } }[];
      }>().items;
    const [one] = await waiting();
    expect(one).toMatchObject({ subject: "loan L1" });
    const decide = (who: Client) =>
      who(
        "POST",
        `/v1/approvals/${one!.id}`,
        { decision: "approved", remark: "the receipt is there" },
        version(1),
      );
    expect((await decide(staff)).statusCode).toBe(403);
    const done = await decide(other);
    expect(done.statusCode, done.body).toBe(200);
    expect(await waiting()).toEqual([]);
    const entry = `${mine!.reference}/correction-1`;
    const facts = factsOf((await loanFile(database.db, "L1"))!);
    expect(facts.find((fact) => "id" in fact && fact.id === entry)).toMatchObject({
      kind: "ClaimWaived",
      amount: 100,
    });
    const after = (await staff("GET", url)).json<{
      pending: unknown[];
      events: { event: string; by: string }[];
    }>();
    expect(after.pending).toEqual([]);
    expect(after.events.at(-1)).toMatchObject({ event: "corrected", by: "sun" });
  });

  test("an outcome that promises what cannot be booked is not given", async () => {
    const opened = await he("POST", `${HIM}/complaints`, {
      loans: ["L1"],
      kind: "sum-wrong",
      words: "again",
    });
    const { reference } = opened.json<{ complaint: { reference: string } }>().complaint;
    const url = `${HIM}/complaints/${reference}`;
    const { version: at } = (await staff("GET", url)).json<{ version: number }>();
    const answered = await staff(
      "POST",
      `${url}/events`,
      {
        type: "answered",
        outcome: "upheld",
        reason: { en: "x", zh: "x" },
        corrections: [{ loan: "L1", what: "reversal", of: "no-such-payment" }],
      },
      version(at),
    );
    expect(answered.statusCode).toBeGreaterThanOrEqual(400);
    expect((await staff("GET", url)).json()).toMatchObject({ state: "acknowledged" });
    const back = await he("POST", `${url}/events`, { type: "withdrawn" }, version(at));
    expect(back.statusCode, back.body).toBe(200);
  });

  test("a wish about times, his mother and a lawyer becomes a fact of his person in the same minute", async () => {
    const times = await he("POST", `${HIM}/wishes`, { wish: "only-at-times", from: "18:00", to: "20:00" });
    expect(times.statusCode, times.body).toBe(201);
    const mother = await he("POST", `${HIM}/wishes`, {
      wish: "stop-third-person",
      address: "13900000000",
      words: "my mother",
    });
    expect(mother.json<{ facts: string[] }>().facts).toHaveLength(2);
    const person = (await staff("GET", "/v1/loans/L1/why")).json<{ person: { kind: string }[] }>().person;
    expect(person.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["TimesAgreed", "StopRequested"]));
    const all = await he("POST", `${HIM}/wishes`, { wish: "stop-all" });
    expect(all.statusCode, all.body).toBe(201);
    expect(await whyStopped()).toContain("house/holds");
    const back = await he("POST", `${HIM}/wishes`, {
      wish: "lift",
      of: all.json<{ reference: string }>().reference,
    });
    expect(back.statusCode, back.body).toBe(201);
    expect(await whyStopped()).not.toContain("house/holds");
  });

  test("help asked for rests collection; an offer is his own surplus or less, two people make it, and he accepts its very text", async () => {
    const asked = await he("POST", `${HIM}/hardship`, {
      loan: "L1",
      reasons: ["illness"],
      words: "in hospital since January",
      household: { income: "4000.00", living: "3500.00" },
    });
    expect(asked.statusCode, asked.body).toBe(201);
    const { request } = asked.json<{ request: { reference: string; version: number; restsUntil: string } }>();
    // 30 days from 2026-03-02: law/house/requests.md, "rest".
    expect(request).toMatchObject({
      state: "requested",
      restsUntil: "2026-04-01",
      household: { surplus: "500.00" },
    });
    expect(await whyStopped()).toContain("house/holds");
    const url = `${HIM}/hardship/${request.reference}`;
    const file = await he("POST", `${HIM}/requests/${request.reference}/files`, undefined, {
      payload: `--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 hospital\r\n--b--\r\n`,
      headers: { "content-type": "multipart/form-data; boundary=b" },
    });
    expect(file.statusCode, file.body).toBe(200);
    const wrong = await he("POST", `${HIM}/requests/${request.reference}/files`, undefined, {
      payload: `--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nMZ program\r\n--b--\r\n`,
      headers: { "content-type": "multipart/form-data; boundary=b" },
    });
    expect(wrong.json()).toMatchObject({ code: "wrong-file" });
    // What a scanner finds something in is not taken, nor is anything where it cannot be asked.
    const sent = async (text: string) =>
      he("POST", `${HIM}/requests/${request.reference}/files`, undefined, {
        payload: `--b\r\ncontent-disposition: form-data; name="file"; filename="b.pdf"\r\n\r\n%PDF-1.7 ${text}\r\n--b--\r\n`,
        headers: { "content-type": "multipart/form-data; boundary=b" },
      });
    const harmful = await sent("harm");
    expect([harmful.statusCode, harmful.json()]).toMatchObject([422, { code: "file-unsafe" }]);
    expect((await sent("no scanner")).statusCode).toBe(503);
    const ways = (await staff("GET", `${url}/ways`)).json<{
      ways: { way: string; possible: boolean; monthly?: string }[];
    }>();
    expect(Number(ways.ways.find(({ way }) => way === "plan")!.monthly)).toBeLessThanOrEqual(500);
    const { version: at } = (await staff("GET", url)).json<{ version: number }>();
    // A settlement gives up a part: it waits for a second person.
    const proposed = await staff(
      "POST",
      `${url}/events`,
      { type: "offer", way: "settlement", amount: "500.00", by: "2026-04-20", reason: "no more can be had" },
      version(at),
    );
    expect(proposed.statusCode, proposed.body).toBe(200);
    expect(proposed.json()).toMatchObject({ request: { state: "proposed", proposedBy: "olga" } });
    expect((await he("GET", url)).json()).toMatchObject({ state: "requested", offer: null });
    const [waiting] = (await other("GET", "/v1/approvals?state=proposed")).json<{
      items: { id: string; what: string }[];
    }>().items;
    expect(waiting!.what).toBe("hardship.offer");
    const refused = await other(
      "POST",
      `/v1/approvals/${waiting!.id}`,
      { decision: "refused", remark: "offer a plan first" },
      version(1),
    );
    expect(refused.statusCode, refused.body).toBe(200);
    const back = (await staff("GET", url)).json<{ state: string; version: number }>();
    expect(back.state).toBe("requested");
    const offered = await staff(
      "POST",
      `${url}/events`,
      { type: "offer", way: "plan", reason: "affordable" },
      version(back.version),
    );
    expect(offered.statusCode, offered.body).toBe(200);
    const offer = offered.json<{
      request: { state: string; version: number; offer: { payments: { amount: string }[] } };
    }>().request;
    expect(offer.state).toBe("offered");
    expect(offer.offer.payments.every(({ amount }) => Number(amount) <= 500)).toBe(true);
    const agreement = (await he("GET", `${url}/agreement?language=zh-CN`)).json<{
      sha256: string;
      text: string;
    }>();
    expect(agreement.text).toContain("分期还款协议");
    const other_text = await he(
      "POST",
      `${url}/events`,
      { type: "accept", language: "zh-CN", sha256: "0".repeat(64) },
      version(offer.version),
    );
    expect(other_text.json()).toMatchObject({ code: "hardship-other-text" });
    const accepted = await he(
      "POST",
      `${url}/events`,
      { type: "accept", language: "zh-CN", sha256: agreement.sha256 },
      version(offer.version),
    );
    expect(accepted.statusCode, accepted.body).toBe(200);
    expect(accepted.json()).toMatchObject({
      request: {
        state: "running",
        accepted: { sha256: agreement.sha256, how: "electronic" },
        restsUntil: null,
      },
    });
    const paper = await he("GET", `${url}/agreement.pdf`);
    expect(paper.statusCode, paper.body.slice(0, 200)).toBe(200);
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  });
});
