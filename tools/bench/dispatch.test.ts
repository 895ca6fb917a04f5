import { expect, test } from "vitest";
import { benchDispatch } from "./dispatch.ts";

test.each(["embedded", "postgres"])("what is measured on %s is that every job was sent", async (engine) => {
  process.env.BENCH_PG ??= process.env.ARREARS_TEST_PG;
  const args = new Map([
    ["engine", engine],
    ["jobs", "150"],
    ["batch", "40"],
    ["loans", "2"],
  ]);
  // It throws where fewer were sent than were due.
  const found = await benchDispatch(args, () => {});
  expect(found).toMatchObject({ bench: "dispatch", engine, jobs: 150 });
  expect(found.jobsASecond).toBeGreaterThan(0);
  expect(found.rawJobsASecond).toBeGreaterThan(0);
});
