import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,packs,tools,test,examples}/**/*.test.ts"],
    globalSetup: ["test/support/server.ts"],
    isolate: false,
    // All of them: half the time of a test is the database's, or that of a command that it started.
    maxWorkers: "100%",
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
