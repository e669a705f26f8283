import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** A stand-in for an existing HTTP service. */
export interface Upstream {
  /** As in `http://127.0.0.1:40001`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Path segments that can be file names: nothing that leads out of the folder. */
const SERVABLE_PATH = /^(?:\/[\w-][\w.-]*)+$/;

/**
 * Serves the JSON files of a folder: `GET /latest` answers with `latest.json`, whatever the query. Files are read anew on
 * every request, so that an edited file is live at once.
 */
export async function startUpstream(folder: string): Promise<Upstream> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string | Buffer) => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(request.method === "HEAD" ? "" : body);
    };
    // Not by `URL`, which throws for targets such as `//`.
    const [pathname = "/"] = (request.url ?? "/").split("?", 1);
    if (request.method !== "GET" && request.method !== "HEAD") answer(405, '{"message":"Method Not Allowed"}');
    else if (!SERVABLE_PATH.test(pathname)) answer(404, '{"message":"Not Found"}');
    else {
      readFile(join(folder, `${pathname}.json`)).then(
        (body) => answer(200, body),
        () => answer(404, '{"message":"Not Found"}'),
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
