import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: "/console/",
  plugins: [react()],
  build: {
    outDir: join(here, "../../dist/console"),
    emptyOutDir: true,
    target: "es2022",
    // Nothing may stand inline: the page's content policy runs only files of ours.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1600,
  },
  // `npm run dev` in this folder asks a server that runs: `arrears serve`.
  server: {
    // The page's own address goes along: a write from elsewhere is refused.
    proxy: { "/v1": { target: process.env.ARREARS_API ?? "http://127.0.0.1:8789", changeOrigin: false } },
  },
});
