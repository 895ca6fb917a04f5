import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, so that none of them begins when the others are done and is waited for alone. */
const LONG = [
  "test/sim/kill.test.ts",
  "test/contract/store.test.ts",
  "test/console/",
  "test/portal/",
  "test/contract/team.test.ts",
  "test/sim/",
  "test/contract/letters.test.ts",
];

const place = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((part) => moduleId.includes(`/${part}`));
  return at < 0 ? LONG.length : at;
};

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ["{src,packs,tools,test,examples}/**/*.test.ts"],
    globalSetup: ["test/support/server.ts"],
    isolate: false,
    // All of them: half the time of a test is the database's, or that of a command that it started.
    maxWorkers: "100%",
    sequence: { sequencer: LongFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
