import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { callOperation } from "./aws-json";
import { routeQueueUrls, withReachableQueueUrls } from "./queue-url";
import { type ServiceGroup, type ServicesReport, type ServicesRequest, STOP } from "./services-protocol";
import { dynamodbAt } from "./tables";

const HOST = "127.0.0.1";
const closers: (() => Promise<unknown>)[] = [];
let ready = false;

// dynalite throws where nobody can catch it: when its folder is in use, and when a client breaks off in the middle of a
// request, as a killed function does. Neither may end this process.
process.on("uncaughtException", (error) => {
  if (!ready) report({ error: String(error) });
  else if (!("code" in error) || error.code !== "ECONNRESET") console.error(error);
});
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());
process.on("message", (message: ServicesRequest | typeof STOP) => {
  if (message !== STOP) start(message);
  else Promise.all(closers.map((close) => close())).finally(() => process.exit());
});

const loaders = { dynamodb: () => import("dynalite"), messaging: () => import("fauxqs") };
const early: readonly ServiceGroup[] = JSON.parse(process.argv[2] ?? "[]");
// What cannot be loaded says so when it is asked for.
for (const group of early) loaders[group]().catch(() => {});

function start(request: ServicesRequest): void {
  // dynalite has no other way to learn its region.
  process.env.AWS_REGION = request.region;
  Promise.all([
    request.dynamodb ? startDynamodb(request.dynamodb.folder, request.region) : undefined,
    request.messaging ? startMessaging(request.region) : undefined,
  ]).then(
    ([dynamodbPort, messagingPort]) => report({ dynamodbPort, messagingPort }),
    (error: unknown) => report({ error: String(error) }),
  );
}

async function startDynamodb(folder: string | undefined, region: string): Promise<number> {
  const { default: dynalite } = await loaders.dynamodb();
  const server: Server = dynalite({ path: folder, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, HOST, resolve);
  });
  // Tables that are kept must be closed properly.
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  // The folder is opened with the first request, not before.
  await callOperation(dynamodbAt(`http://${HOST}:${port}`, region), "ListTables", {});
  return port;
}

/** The app itself and not `startFauxqs`, which listens on all addresses. */
async function startMessaging(region: string): Promise<number> {
  const { buildApp } = await loaders.messaging();
  const app = buildApp({ logger: false, defaultRegion: region });
  app.addHook("preHandler", async ({ body }) => routeQueueUrls(body, region, app.server.address()));
  app.addHook("onSend", async (_request, _reply, payload) => withReachableQueueUrls(payload));
  return Number(new URL(await app.listen({ port: 0, host: HOST })).port);
}

function report(message: ServicesReport): void {
  ready = !("error" in message);
  process.send?.(message);
}
