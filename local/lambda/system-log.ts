/** How a request ended, for the log. */
export interface InvocationReport {
  readonly requestId: string;
  readonly succeeded: boolean;
  readonly millis: number;
  /** Set for the first request of an environment. */
  readonly initMillis?: number;
  readonly memorySizeMb: number;
  readonly maxMemoryMb: number;
}

/** The lines that Lambda itself writes into the log of a function. */
export interface SystemLog {
  /** @param requestId of the request that begins */
  start(requestId: string): readonly string[];
  end(report: InvocationReport): readonly string[];
}

/**
 * Lambda's START, END and REPORT.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export const TEXT_LOG: SystemLog = {
  start: (requestId) => [`START RequestId: ${requestId} Version: $LATEST`],
  end: ({ requestId, millis, initMillis, memorySizeMb, maxMemoryMb }) => {
    const billed = Math.ceil(millis + (initMillis ?? 0));
    const init = initMillis === undefined ? "" : `\tInit Duration: ${initMillis.toFixed(2)} ms`;
    return [
      `END RequestId: ${requestId}`,
      `REPORT RequestId: ${requestId}\tDuration: ${millis.toFixed(2)} ms\tBilled Duration: ${billed} ms\tMemory Size: ${memorySizeMb} MB\tMax Memory Used: ${maxMemoryMb} MB${init}`,
    ];
  },
};

const LEVELS = ["DEBUG", "INFO", "WARN"];

/**
 * The same as JSON objects.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 *
 * @param level the least that is written: `DEBUG`, `INFO` or `WARN`
 */
export function jsonLog(level: string, now: () => number): SystemLog {
  const entry = (ofLevel: string, type: string, record: object) =>
    LEVELS.indexOf(ofLevel) < LEVELS.indexOf(level)
      ? []
      : [JSON.stringify({ time: new Date(now()).toISOString(), type: `platform.${type}`, record })];
  return {
    start: (requestId) => entry("INFO", "start", { requestId, version: "$LATEST" }),
    end: ({ requestId, succeeded, millis, initMillis, memorySizeMb, maxMemoryMb }) => {
      const status = succeeded ? "success" : "error";
      const durationMs = rounded(millis);
      const metrics = {
        durationMs,
        billedDurationMs: Math.ceil(millis + (initMillis ?? 0)),
        memorySizeMB: memorySizeMb,
        maxMemoryUsedMB: maxMemoryMb,
        ...(initMillis !== undefined && { initDurationMs: rounded(initMillis) }),
      };
      return [
        ...entry(succeeded ? "DEBUG" : "WARN", "runtimeDone", { requestId, status, metrics: { durationMs } }),
        ...entry(succeeded ? "INFO" : "WARN", "report", { requestId, metrics, status }),
      ];
    },
  };
}

function rounded(millis: number): number {
  return Math.round(millis * 1000) / 1000;
}
