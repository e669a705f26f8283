import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { boundedName, namePart, shortHash } from "../naming";
import { OncePerApi } from "../rest-api/once-per-api";
import type { Stage } from "../rest-api/stage";
import { literal } from "../terraform-text";
import { statusPattern } from "./access-log-pattern";
import { Metric, type MetricOptions } from "./metric";

const filters = new OncePerApi<ThrottledRequests>();

/**
 * Counts answers 429 in the JSON access log of a stage: CloudWatch's own `4XXError` does not tell them apart from other
 * mistakes of callers. A 429 of the backend counts as well.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringPolicyExamples.html
 */
export class ThrottledRequests extends Construct {
  /** `aws_cloudwatch_log_metric_filter`. */
  readonly metricFilter: CloudwatchLogMetricFilter;
  private readonly namespace: string;

  /** The counter of a stage; made on first use. */
  static of(stage: Stage): ThrottledRequests {
    return filters.get(stage, "ThrottledRequests", (id) => new ThrottledRequests(stage, id, { stage }));
  }

  /** True if the access log of a stage can be counted: JSON, with the status, in a log group whose name is known. */
  static isPossible({ accessLog }: Stage): boolean {
    return accessLog?.logGroupName !== undefined && statusPattern(accessLog.format.toString(), 429) !== undefined;
  }

  private constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const { logGroupName, pattern } = this.readable(stage);
    // A name that is a reference cannot be taken apart.
    const apiName = distinctPart(literal(stage.api.restApiName) ?? stage.api.node.path);
    this.namespace = `Headgate/${apiName}/${stage.stageName}`;
    this.metricFilter = new CloudwatchLogMetricFilter(this, "Resource", {
      name: `${apiName}-${stage.stageName}-throttled-requests`,
      logGroupName,
      pattern,
      metricTransformation: {
        namespace: this.namespace,
        name: "ThrottledRequests",
        value: "1",
        // Zeros while there are requests, so that graphs and alarms have data.
        defaultValue: "0",
        unit: "Count",
      },
    });
  }

  /** How many requests were throttled. */
  metric(options: MetricOptions = {}): Metric {
    return new Metric({ statistic: "Sum", ...options, namespace: this.namespace, metricName: "ThrottledRequests" });
  }

  private readable({ stageName, accessLog }: Stage): { readonly logGroupName: string; readonly pattern: string } {
    const { logGroupName, format } = accessLog ?? {};
    const pattern = statusPattern(format?.toString() ?? "", 429);
    if (logGroupName !== undefined && pattern !== undefined) return { logGroupName, pattern };
    const lacks =
      accessLog === undefined
        ? "has no access log"
        : logGroupName === undefined
          ? "has an access log in no log group whose name is known"
          : "has an access log that is no JSON with $context.status as a value";
    throw new ConfigurationError(
      "THROTTLED_REQUESTS_NOT_LOGGED",
      this.node.path,
      `throttled requests are counted in the access log, but the stage "${stageName}" ${lacks}`,
      "set accessLogRetention on the stage, and AccessLogFormat.jsonWithStandardFields()",
    );
  }
}

/** Names that differ only in what a namespace cannot hold must not share one. */
function distinctPart(name: string): string {
  const part = namePart(name);
  return boundedName(part === name ? name : `${part}-${shortHash(name)}`, 100);
}
