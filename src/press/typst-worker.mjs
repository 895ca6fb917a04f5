// One compiler in one worker thread: the call blocks for about twenty milliseconds. Plain JavaScript, so that it runs the same
// from the sources and from the build.
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/** The compiler keeps what the last so many evictions saw; every so many letters one is due. Memory stays flat by it. */
const EVICT_EVERY = 10;
const KEEP = 2;

const compiler = NodeCompiler.create({
  fontArgs: [{ fontBlobs: workerData.fonts.map((path) => readFileSync(path)) }],
});
let letters = 0;

parentPort.on("message", ({ template, data }) => {
  try {
    parentPort.postMessage(print(template, data));
  } catch (error) {
    parentPort.postMessage({ trouble: String(error?.message ?? error) });
  } finally {
    letters += 1;
    if (letters % EVICT_EVERY === 0) compiler.evictCache(KEEP);
  }
});

function print(template, data) {
  const compiled = compiler.compile({ mainFileContent: template, inputs: { data } });
  const document = compiled.result;
  if (document === null) {
    const error = compiled.takeDiagnostics() ?? compiled.takeError();
    const said = error === null ? [] : compiler.fetchDiagnostics(error);
    return { trouble: said.map((one) => one.message).join("; ") || "the template does not compile" };
  }
  const bytes = new Uint8Array(compiler.pdf(document, { pdfStandard: workerData.standard, pdfTags: true }));
  return { pages: document.numOfPages, bytes };
}
