import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,packs,tools,test,examples}/**/*.test.ts"],
    globalSetup: ["test/support/server.ts"],
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
