import { join } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: "/portal/",
  build: {
    outDir: join(here, "../../dist/portal"),
    emptyOutDir: true,
    target: "es2020",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      // No module does anything by being read but the islands themselves: what an island does not call stays out of it.
      treeshake: { moduleSideEffects: false },
      input: Object.fromEntries(
        ["debts", "borrow", "plan", "next"].map((name) => [name, join(here, `src/${name}.ts`)]),
      ),
      output: { entryFileNames: "assets/[name]-[hash].js", chunkFileNames: "assets/shared-[hash].js" },
    },
  },
});
