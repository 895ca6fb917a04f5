import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answer, type Pages } from "./answer.ts";

const PATIENCE_MS = 60_000;
const HEADER_BYTES = 8 * 1024;

/** The public pages over HTTP. Encryption is a proxy's: put one before it wherever somebody else can reach it. */
export function publicServer(pages: Pages): Server {
  const server = createServer({ maxHeaderSize: HEADER_BYTES }, (request, response) => {
    serve(request, response, pages).catch((error: unknown) => {
      pages.log(`not answered: ${error instanceof Error ? error.message : String(error)}`);
      if (!response.headersSent)
        response.writeHead(500, { "cache-control": "no-store", connection: "close" });
      response.end();
    });
  });
  server.requestTimeout = PATIENCE_MS;
  server.headersTimeout = 10_000;
  server.maxHeadersCount = 60;
  return server;
}

/** Answers one request of the pages, whatever server heard it; its body must not have been read. */
export async function serve(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
  const headers: Record<string, string | undefined> = {};
  for (const [key, value] of Object.entries(request.headers))
    headers[key] = Array.isArray(value) ? value.join(", ") : value;
  const answered = await answer(
    {
      method: request.method ?? "GET",
      target: request.url ?? "/",
      headers,
      peer: request.socket.remoteAddress ?? "",
      // A body that is not read to its end must leave the line open for the answer that says so.
      body: request.iterator({ destroyOnReturn: false }),
    },
    pages,
  );
  const body = Buffer.from(answered.body);
  response.writeHead(answered.status, {
    ...answered.headers,
    ...(answered.status === 303 ? {} : { "content-length": String(body.length) }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
  // What was refused half way runs dry, or its sender would see a broken line and no answer.
  if (answered.headers.connection === "close") request.resume();
}
