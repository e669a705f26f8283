import type { Host } from "../host/host";
import type { Observation } from "../observation";
import { Histogram } from "./histogram";
import { type Family, type Labels, prometheusText, type Sample } from "./prometheus-text";

/** Counts what becomes of requests, by route. */
export interface Metrics {
  /** Takes one request in. */
  record(observation: Observation): void;
  /** All that is known, in Prometheus' text format. */
  text(): string;
}

/** The counters of one route. */
interface Series {
  readonly labels: Labels;
  /** By name of the counter. */
  readonly counts: Map<string, number>;
  readonly latency: Histogram;
  readonly integrationLatency: Histogram;
}

interface Counter {
  readonly help: string;
  readonly isMet: (observation: Observation) => boolean;
}

/**
 * CloudWatch's metrics of API Gateway; throttles and quotas are among its 4XX errors only.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
const COUNTERS: Readonly<Record<string, Counter>> = {
  headgate_count_total: { help: "Requests (Count).", isMet: () => true },
  headgate_4xx_error_total: {
    help: "Answers from 400 to 499 (4XXError).",
    isMet: ({ status }) => status >= 400 && status < 500,
  },
  headgate_5xx_error_total: { help: "Answers from 500 (5XXError).", isMet: ({ status }) => status >= 500 },
  headgate_cache_hit_count_total: {
    help: "Answers from the response cache (CacheHitCount).",
    isMet: ({ from }) => from === "cache",
  },
  headgate_cache_miss_count_total: {
    help: "Answers from the backend where the response cache is on (CacheMissCount).",
    isMet: ({ route, from }) => route?.isCached === true && from === "integration",
  },
  headgate_throttle_count_total: {
    help: "Requests that a throttle has refused.",
    isMet: ({ responseType }) => responseType === "THROTTLED",
  },
  headgate_quota_exceeded_count_total: {
    help: "Requests that a quota has refused.",
    isMet: ({ responseType }) => responseType === "QUOTA_EXCEEDED",
  },
};

const HISTOGRAMS = {
  headgate_latency_seconds: { help: "From the request to its answer (Latency).", of: "latency" },
  headgate_integration_latency_seconds: {
    help: "From the call of a backend to its answer (IntegrationLatency).",
    of: "integrationLatency",
  },
} as const;

const COUNTER_ENTRIES = Object.entries(COUNTERS);

/**
 * Metrics with CloudWatch's dimensions as labels: API, stage, method and resource of the definition. What clients send is no
 * label, so that there are no more series than routes; requests that find none have empty labels.
 */
export function createMetrics(): Metrics {
  const known = new Map<string, Series>();
  return {
    record: (observation) => {
      const series = seriesOf(known, observation);
      const { counts, latency, integrationLatency } = series;
      for (const [name, { isMet }] of COUNTER_ENTRIES) {
        if (isMet(observation)) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      latency.observe(observation.latencyMillis);
      if (observation.integrationLatencyMillis !== undefined) {
        integrationLatency.observe(observation.integrationLatencyMillis);
      }
    },
    text: () => prometheusText([...counterFamilies(known), ...histogramFamilies(known)]),
  };
}

/** A host that takes in what becomes of requests on the way. */
export function withMetrics(host: Host, metrics: Metrics): Host {
  return {
    ...host,
    observe: (observation) => {
      metrics.record(observation);
      host.observe(observation);
    },
  };
}

function seriesOf(known: Map<string, Series>, { api = "", stage = "", route }: Observation): Series {
  const { httpMethod: method = "", resourcePath: resource = "" } = route ?? {};
  const key = `${api}\n${stage}\n${method}\n${resource}`;
  const found = known.get(key);
  if (found) return found;
  const labels = { api, stage, method, resource };
  const series = { labels, counts: new Map(), latency: new Histogram(), integrationLatency: new Histogram() };
  known.set(key, series);
  return series;
}

function counterFamilies(known: ReadonlyMap<string, Series>): readonly Family[] {
  return COUNTER_ENTRIES.map(([name, { help }]) => ({
    name,
    help,
    type: "counter",
    // A counter that begins at 0 lets `rate()` see its first step.
    samples: [...known.values()].map(({ labels, counts }) => ({ name, labels, value: counts.get(name) ?? 0 })),
  }));
}

function histogramFamilies(known: ReadonlyMap<string, Series>): readonly Family[] {
  return Object.entries(HISTOGRAMS).map(([name, { help, of }]) => ({
    name,
    help,
    type: "histogram",
    samples: [...known.values()].flatMap((series) => histogramSamples(name, series.labels, series[of])),
  }));
}

function histogramSamples(name: string, labels: Labels, histogram: Histogram): readonly Sample[] {
  const { buckets, sum, count } = histogram.read();
  return [
    ...buckets.map(([le, value]) => ({ name: `${name}_bucket`, labels: { ...labels, le }, value })),
    { name: `${name}_sum`, labels, value: sum },
    { name: `${name}_count`, labels, value: count },
  ];
}
