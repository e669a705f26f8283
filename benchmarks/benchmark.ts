import { type Load, measure } from "./load";
import { prepare, SERVERS, start } from "./servers";
import { median, printTable } from "./table";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = Number(process.env.SECONDS ?? 4);
/** So long it takes until V8 has compiled what is used much. */
const WARM_UP_SECONDS = 8;
const FIRST_PORT = 4_300;

/** Paths of the mocked routes of an API of so many: of all, so that none is served from what was found last. */
const everyMock = (routes: number) =>
  Array.from({ length: (routes - 2) / 2 }, (_, index) => `/v1/things-${2 * index + 3}/7`).filter(
    (_, index) => index % 4 === 0,
  );

/** What is measured, in the order of each round. */
const CASES = [
  { name: "serverless-offline, Lambda proxy", server: "serverlessOffline", paths: ["/orders/7"] },
  { name: "node:http and fork", server: "bare", paths: ["/orders/7"] },
  { name: "node:http and fork, one request at a time", server: "bareOneAtATime", paths: ["/orders/7"] },
  { name: "Headgate, Lambda proxy, 10 routes", server: "headgate10", paths: ["/v1/orders/7"] },
  { name: "Headgate, Lambda proxy, 1,000 routes", server: "headgate1000", paths: ["/v1/orders/7"] },
  { name: "Headgate, MOCK, 10 routes", server: "headgate10", paths: everyMock(10) },
  { name: "Headgate, MOCK, 1,000 routes", server: "headgate1000", paths: everyMock(1_000) },
  { name: "Headgate, cached answer", server: "headgate10", paths: ["/v1/cached/7"] },
] as const;

/** Which rates are compared: the first divided by the second. */
const RATIOS = [
  ["Headgate, Lambda proxy, 10 routes", "serverless-offline, Lambda proxy"],
  ["Headgate, MOCK, 10 routes", "serverless-offline, Lambda proxy"],
  ["Headgate, cached answer", "serverless-offline, Lambda proxy"],
  ["Headgate, Lambda proxy, 10 routes", "node:http and fork"],
  ["Headgate, Lambda proxy, 10 routes", "node:http and fork, one request at a time"],
  ["Headgate, Lambda proxy, 1,000 routes", "Headgate, Lambda proxy, 10 routes"],
  ["Headgate, MOCK, 1,000 routes", "Headgate, MOCK, 10 routes"],
] as const;

/** Servers run side by side and take turns, so that whatever else the machine does slows all of them alike. */
async function benchmark(): Promise<void> {
  await prepare();
  const running = new Map<string, Awaited<ReturnType<typeof start>>>();
  try {
    for (const [index, [key, server]] of Object.entries(SERVERS).entries()) {
      running.set(key, await start(server, FIRST_PORT + index));
    }
    const urlsOf = ({ server, paths }: (typeof CASES)[number]) =>
      paths.map((path) => `${running.get(server)?.url}${path}`);
    for (const each of CASES) await measure(urlsOf(each), WARM_UP_SECONDS);
    const loads = new Map<string, Load[]>(CASES.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const each of CASES) loads.get(each.name)?.push(await measure(urlsOf(each), SECONDS));
    }
    printTable(loads);
    for (const [name, other] of RATIOS) {
      // Within a round both had the same machine.
      const ratios = (loads.get(name) ?? []).map(({ rate }, round) => rate / (loads.get(other)?.[round]?.rate ?? 0));
      console.log(`${median(ratios).toFixed(2).padStart(6)}  ${name} / ${other}`);
    }
  } finally {
    await Promise.all([...running.values()].map(({ stop }) => stop()));
  }
}

benchmark().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
