// Runs every test and closes with the one line that scripts read: "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "arrears-test-"));
const report = join(folder, "report.json");
const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
const args = [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, [vitest, ...args], { stdio: "inherit" });

let passed = 0;
let failed = 0;
try {
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  for (const file of testResults) {
    passed += file.assertionResults.filter((test) => test.status === "passed").length;
    const failures = file.assertionResults.filter((test) => test.status === "failed").length;
    // A file that could not be loaded has no tests to count, and is a failure all the same.
    failed += file.status === "failed" && failures === 0 ? 1 : failures;
  }
} catch {
  failed += 1;
}
if (status !== 0 && failed === 0) failed = 1;
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
