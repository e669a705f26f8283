import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { fuzz } from "../../reliability/fuzz";
import { type GatewayUnderTest, startGatewayUnderTest } from "../../reliability/gateway-under-test";
import { childrenOf } from "../../reliability/memory";
import { soak } from "../../reliability/soak";

const SEED = 4;
/** Short runs see a process that still grows into its working size; the long form allows 1.2. */
const MAX_GROWTH = 1.5;

jest.setTimeout(120_000);

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest();
});

afterAll(async () => {
  await gateway?.stop();
});

const call = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/v1${path}`);
  return { status: response.status, text: await response.text() };
};

describe("the gateway", () => {
  it("answers mutated requests with valid HTTP, and goes on serving", async () => {
    await fuzz({ port: gateway.port, requests: 1_500, seed: SEED });
    const before = await gateway.memoryBytes();

    await fuzz({ port: gateway.port, requests: 6_000, seed: SEED + 1 });

    expect((await gateway.memoryBytes()) / before).toBeLessThan(MAX_GROWTH);
    expect(gateway.bugs()).toEqual([]);
  });

  it("answers every route rightly when there is more to do than it can", async () => {
    const counts = await soak({ port: gateway.port, seconds: 5, seed: SEED });

    expect(Object.keys(counts).length).toBeGreaterThanOrEqual(9);
    expect(gateway.bugs()).toEqual([]);
  });
});

describe("a handler that misbehaves", () => {
  it.each([
    ["exit", 502],
    ["hang", 502],
    ["flood", 200],
    ["allocate", 502],
    ["buffers", 502],
    ["throw-late", 502],
  ])("costs its own request and no other: %s", async (how, status) => {
    const [own, ...others] = await Promise.all([
      call(`/misbehave?how=${how}`),
      call("/misbehave"),
      call("/echo/a"),
      call("/mock"),
    ]);
    const after = await call("/misbehave");

    expect(own.status).toBe(status);
    expect([...others, after].map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  });
});

describe("SIGTERM", () => {
  it("lets requests under way finish, refuses new ones, and leaves nothing behind", async () => {
    const pid = gateway.process.pid ?? 0;
    const silent = connect(gateway.port, "127.0.0.1");
    const half = connect(gateway.port, "127.0.0.1", () => half.write("GET /v1/mo"));
    const ended = [silent, half].map(
      (socket) => new Promise((resolve) => socket.on("error", () => {}).on("close", resolve)),
    );
    const slow = fetch(`http://127.0.0.1:${gateway.port}/v1/misbehave?how=be-slow`);
    await gateway.printed(/reliability-misbehave \| START/);
    const processes = childrenOf(pid);

    const stopped = gateway.stop();
    await Promise.all(ended);
    const late = await call("/mock").catch(() => "refused");
    const answer = await slow;

    expect(late).toBe("refused");
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: "fine" });
    expect(answer.headers.get("connection")).toBe("close");
    expect(await stopped).toBe(0);
    expect(processes.filter(isAlive)).toEqual([]);
  });
});

describe("the second SIGTERM", () => {
  it("ends the gateway at once, with handlers that loop without end", async () => {
    const other = await startGatewayUnderTest();
    const started = other.printed(/reliability-misbehave \| START/);
    const call = fetch(`http://127.0.0.1:${other.port}/v1/misbehave?how=hang`).catch(() => "cut");
    await started;
    const processes = childrenOf(other.process.pid ?? 0);

    const refusing = new Promise((resolve) =>
      connect(other.port, "127.0.0.1").on("error", resolve).on("close", resolve),
    );
    const stopped = other.stop();
    await refusing;
    other.process.kill("SIGTERM");

    expect(await stopped).toBe(130);
    expect(await call).toBe("cut");
    while (processes.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

/** One that has ended but was not asked for its status counts as gone. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "latin1"));
  } catch {
    return false;
  }
}
