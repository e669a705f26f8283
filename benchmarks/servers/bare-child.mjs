import { pathToFileURL } from "node:url";

/** The handler gets what a function would need to find its parameter, and no more. */
const { handler } = await import(pathToFileURL(process.argv[2]).href);

process.on("message", async ({ id, event }) => {
  const orderId = event.url.slice(event.url.lastIndexOf("/") + 1);
  process.send({ id, result: await handler({ ...event, pathParameters: { orderId } }) });
});
