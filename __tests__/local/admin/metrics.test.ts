import { createMetrics, withMetrics } from "../../../local/admin/metrics";
import { fakeHost, gatewayFor, method, mock, proxy, returns, send } from "../../support/gateway";

const ORDERS = 'api="orders",stage="v1",method="GET",resource="/orders/{orderId}"';

/** A gateway whose requests are counted, and a way to read the counters of `GET /orders/{orderId}`. */
function counted(
  options: Parameters<typeof gatewayFor>[1] = {},
  latencyMillis = 0,
  answer: unknown = { statusCode: 200, body: "fine" },
) {
  const metrics = createMetrics();
  const host = fakeHost({
    invoke: () => {
      host.nowMillis += latencyMillis;
      return returns(answer);
    },
  });
  const methods = [method({ resourcePath: "/orders/{orderId}", integration: proxy() })];
  const gateway = gatewayFor({ name: "orders", methods }, { host: withMetrics(host, metrics), ...options });
  const ask = (target = "/v1/orders/17") => send(gateway, { target });
  const value = (name: string, labels = ORDERS) => {
    const line = metrics
      .text()
      .split("\n")
      .find((text) => text.startsWith(`${name}{${labels}`));
    return line === undefined ? undefined : Number(line.split(" ").at(-1));
  };
  return { ask, value, metrics };
}

describe("the metrics", () => {
  it("count requests by route, and how long they took", async () => {
    const { ask, value } = counted({}, 30);

    await ask();
    await ask("/v1/orders/18?x=1");

    expect(value("headgate_count_total")).toBe(2);
    expect(value("headgate_4xx_error_total")).toBe(0);
    expect(value("headgate_latency_seconds_bucket", `${ORDERS},le="0.025"`)).toBe(0);
    expect(value("headgate_latency_seconds_bucket", `${ORDERS},le="0.05"`)).toBe(2);
    expect(value("headgate_latency_seconds_bucket", `${ORDERS},le="+Inf"`)).toBe(2);
    expect(value("headgate_integration_latency_seconds_sum")).toBe(0.06);
    expect(value("headgate_integration_latency_seconds_count")).toBe(2);
  });

  it("count throttled requests, which never come to a backend", async () => {
    const methodSettings = [{ route: "*" as const, throttlingRateLimit: 1, throttlingBurstLimit: 1 }];
    const { ask, value } = counted({ stage: { methodSettings } });

    await ask();
    await ask();

    expect(value("headgate_throttle_count_total")).toBe(1);
    expect(value("headgate_4xx_error_total")).toBe(1);
    expect(value("headgate_quota_exceeded_count_total")).toBe(0);
    expect(value("headgate_integration_latency_seconds_count")).toBe(1);
  });

  it("count hits and misses where the response cache is on", async () => {
    const methodSettings = [{ route: "*" as const, cachingEnabled: true, cacheTtlSeconds: 60 }];
    const { ask, value } = counted({ stage: { cacheClusterSize: "0.5", methodSettings } });

    await ask();
    await ask();
    await ask();

    expect([value("headgate_cache_miss_count_total"), value("headgate_cache_hit_count_total")]).toEqual([1, 2]);
  });

  it("count no miss where nothing is stored", async () => {
    const { ask, value } = counted();

    await ask();

    expect(value("headgate_cache_miss_count_total")).toBe(0);
  });

  it("count errors of backends", async () => {
    const { ask, value } = counted({}, 0, "no answer");

    await ask();

    expect(value("headgate_5xx_error_total")).toBe(1);
  });

  it("have no more series than routes, whatever clients send", async () => {
    const { ask, metrics, value } = counted();
    await ask("/v1/orders/1");
    await ask("/nowhere");
    await ask("/v1/nowhere");
    const series = metrics.text().split("\n").length;

    for (let index = 0; index < 100; index++) {
      await ask(`/v1/orders/${index}`);
      await ask(`/nowhere/${index}`);
      await ask(`/v1/nowhere${index}`);
    }

    expect(metrics.text().split("\n")).toHaveLength(series);
    expect(value("headgate_count_total", 'api="orders",stage="v1",method="",resource=""')).toBe(101);
    expect(value("headgate_count_total", 'api="",stage="",method="",resource=""')).toBe(101);
    expect(metrics.text()).not.toContain("nowhere");
  });

  it("are in Prometheus' text format, names of the definition escaped", async () => {
    const metrics = createMetrics();
    const methods = [method({ resourcePath: "/things", integration: mock("{}") })];
    const gateway = gatewayFor({ name: 'a "b" \\ c', methods }, { host: withMetrics(fakeHost(), metrics) });

    await send(gateway);

    const lines = metrics.text().split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "# HELP headgate_count_total Requests (Count).",
      "# TYPE headgate_count_total counter",
      'headgate_count_total{api="a \\"b\\" \\\\ c",stage="v1",method="GET",resource="/things"} 1',
    ]);
    expect(lines.at(-1)).toBe("");
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+\{\w+=".*"\} [\d.]+)$/);
  });
});
