import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { boundedName } from "../naming";
import { attributeText } from "../terraform-text";
import { logMember } from "./access-log-pattern";
import { type WatchedStageProps, watchedStage } from "./watched-stage";

interface Preset {
  /** Shown in the console, below the names of API and stage. */
  readonly title: string;
  /** Facts that a line must hold, by the names that the query has for them. */
  readonly needs: Readonly<Record<string, string>>;
  readonly query: (field: Readonly<Record<string, string>>) => readonly string[];
}

const ROUTE = { verb: "$context.httpMethod", path: "$context.resourcePath" };
const COUNTED = { status: "$context.status", id: "$context.requestId" };

const PRESETS = {
  slowestRoutes: {
    title: "Slowest routes",
    needs: { ...ROUTE, latency: "$context.responseLatency" },
    query: ({ verb, path, latency }) => [
      `stats count(*) as requests, pct(${latency}, 50) as p50, pct(${latency}, 99) as p99, max(${latency}) as slowest by ${verb}, ${path}`,
      "sort p99 desc",
    ],
  },
  errorsByRoute: {
    title: "Errors by route",
    needs: { ...ROUTE, ...COUNTED },
    query: ({ verb, path, status, id }) => [
      `filter ${status} >= 400`,
      `stats count(*) as answers, latest(${id}) as lastRequest by ${status}, ${verb}, ${path}`,
      "sort answers desc",
    ],
  },
  throttledCallers: {
    title: "Throttled callers",
    needs: { status: "$context.status", key: "$context.identity.apiKeyId", ip: "$context.identity.sourceIp" },
    query: ({ status, key, ip }) => [
      `filter ${status} = 429`,
      `stats count(*) as throttled by ${key}, ${ip}`,
      "sort throttled desc",
    ],
  },
  requestsByApiKey: {
    title: "Requests by API key",
    needs: { key: "$context.identity.apiKeyId", status: "$context.status" },
    query: ({ key, status }) => [`stats count(*) as requests by ${key}, ${status}`, "sort requests desc"],
  },
} as const satisfies Record<string, Preset>;

/** Names of the saved queries. */
export type AccessLogQueryName = keyof typeof PRESETS;

const NAMES = Object.keys(PRESETS) as AccessLogQueryName[];

/** Whose access log is asked, and what. */
export interface AccessLogQueriesProps extends WatchedStageProps {
  /** @default - all that the format of the access log can answer */
  readonly queries?: readonly AccessLogQueryName[];
}

/**
 * Saved queries of CloudWatch Logs Insights for the JSON access log of a stage, written for the names that its format gives.
 * Throws `ACCESS_LOG_NOT_QUERYABLE`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
 */
export class AccessLogQueries extends Construct {
  /** `aws_cloudwatch_query_definition`, those that were made. */
  readonly queries: Readonly<Partial<Record<AccessLogQueryName, CloudwatchQueryDefinition>>>;

  constructor(scope: Construct, id: string, props: AccessLogQueriesProps) {
    super(scope, id);
    const stage = watchedStage(this, props);
    const { logGroupName, format } = stage.accessLog ?? {};
    if (logGroupName === undefined || format === undefined) {
      throw this.refusal(`the stage "${stage.stageName}" has no access log in a log group whose name is known`);
    }
    const asked = props.queries ?? NAMES.filter((name) => this.lacking(name, `${format}`).length === 0);
    for (const name of asked) this.refuseLacking(name, `${format}`);
    if (asked.length === 0) throw this.refusal(`the access log of the stage "${stage.stageName}" answers none of them`);
    const folder = `${stage.api.restApiName}/${stage.stageName}`;
    const made = [...new Set(asked)].map((name) => {
      const preset: Preset = PRESETS[name];
      return [
        name,
        new CloudwatchQueryDefinition(this, preset.title, {
          name: attributeText(this, boundedName(`${folder}/${preset.title}`, 255)),
          queryString: [...preset.query(fieldsOf(preset, `${format}`)), "limit 50"].join("\n| "),
          logGroupNames: [logGroupName],
        }),
      ] as const;
    });
    this.queries = Object.fromEntries(made);
  }

  private lacking(name: AccessLogQueryName, format: string): readonly string[] {
    return Object.values(PRESETS[name].needs).filter((variable) => logMember(format, variable) === undefined);
  }

  private refuseLacking(name: AccessLogQueryName, format: string): void {
    const lacking = this.lacking(name, format);
    if (lacking.length > 0)
      throw this.refusal(`${name} asks for ${lacking.join(", ")}, which the access log does not hold`);
  }

  private refusal(problem: string): ConfigurationError {
    const fix = "set accessLogRetention on the stage, and AccessLogFormat.jsonWithStandardFields()";
    return new ConfigurationError("ACCESS_LOG_NOT_QUERYABLE", this.node.path, problem, fix);
  }
}

function fieldsOf({ needs }: Preset, format: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(needs).map(([name, variable]) => [name, logMember(format, variable)?.path ?? ""]),
  );
}
