import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { AssetType, type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkFunction } from "../checks/function-checks";
import { Duration } from "../duration";
import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import { ServiceRole } from "../iam/role";
import { shortHash } from "../naming";
import { RetentionDays } from "../retention-days";
import { attributeText, attributeTexts } from "../terraform-text";
import { findBundle } from "./bundle";
import { refuseDataReferences } from "./environment-check";

/** Node.js runtimes that Lambda still updates. Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const NODEJS_RUNTIMES = ["nodejs20.x", "nodejs22.x"] as const;
/** One of the runtimes. */
export type NodejsRuntime = (typeof NODEJS_RUNTIMES)[number];

/** Modes of X-Ray. Source: https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfig.html */
export const Tracing = { ACTIVE: "Active", PASS_THROUGH: "PassThrough", DISABLED: "Disabled" } as const;
/** One of the modes. */
export type Tracing = (typeof Tracing)[keyof typeof Tracing];

/** Something that is granted access to: a plain cdktf resource, `{ arn }` or the ARN itself. */
export type GrantTarget = string | { readonly arn: string };

/** Properties of a function. Only `bundle` has no default. */
export interface NodejsFunctionProps {
  /** Folder below `functions/`: the code is `functions/<bundle>/handler.ts`, as `headgate bundle` zipped it. */
  readonly bundle: string;
  /**
   * Name of the function, a literal of at most 64 characters.
   * @default - `<stack>-<bundle>`
   */
  readonly functionName?: string;
  readonly description?: string;
  /** @default "nodejs22.x" */
  readonly runtime?: NodejsRuntime;
  /**
   * Memory in MB, 128 to 10,240; CPU comes with it.
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * Longest run of one invocation, up to 15 minutes. API Gateway waits 29 seconds.
   * @default Duration.seconds(10)
   */
  readonly timeout?: Duration;
  /**
   * Environment variables. Names of tables and queues must be literals: a reference would make the table follow every
   * replacement of the function.
   * @default - no variables
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * X-Ray. ACTIVE lets the function sample requests; PASS_THROUGH only follows the caller.
   * @default Tracing.ACTIVE
   */
  readonly tracing?: Tracing;
  /** @default RetentionDays.ONE_MONTH */
  readonly logRetention?: RetentionDays;
  /**
   * Executions that the function may run, and that are reserved for it.
   * @default - the unreserved executions of the account
   */
  readonly reservedConcurrentExecutions?: number;
  /** @default - logs and traces only */
  readonly initialPolicy?: readonly PolicyStatement[];
  /** @default - no tags but the stack's */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Name of the alias that integrations call: the published version that takes traffic. */
const LIVE = "live";

/**
 * A Lambda function from a zip that `headgate bundle` made, with its own role, log group and the alias `live`.
 *
 * Every change of code publishes a version and moves the alias; APIs point at the alias and are not touched.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export class NodejsFunction extends Construct {
  /** A literal. */
  readonly functionName: string;
  /** ARN without qualifier; a literal, unless the account is a data source. */
  readonly functionArn: string;
  /** ARN of the alias that integrations call. */
  readonly aliasArn: string;
  /** `aws_lambda_function`. */
  readonly function: LambdaFunction;
  /** `aws_lambda_alias`. */
  readonly alias: LambdaAlias;
  /** What the function may do. */
  readonly role: ServiceRole;
  /** `aws_cloudwatch_log_group`. */
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: NodejsFunctionProps) {
    super(scope, id);
    const { region, partition, accountId } = environmentOf(this);
    this.functionName = props.functionName ?? `${TerraformStack.of(this).node.id}-${props.bundle}`;
    checkFunction(this, { ...props, functionName: this.functionName });
    this.functionArn = `arn:${partition}:lambda:${region}:${accountId}:function:${this.functionName}`;
    this.aliasArn = `${this.functionArn}:${LIVE}`;
    const logGroupName = `/aws/lambda/${this.functionName}`;

    this.logGroup = new CloudwatchLogGroup(this, "Logs", {
      name: logGroupName,
      retentionInDays: props.logRetention ?? RetentionDays.ONE_MONTH,
    });
    this.role = new ServiceRole(this, "Role", {
      roleName: `${this.functionName}-${region}`,
      service: "lambda.amazonaws.com",
      description: `Role of the function ${this.functionName}`,
    });
    this.allowLogsAndTraces(`arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`, props.tracing);
    for (const statement of props.initialPolicy ?? []) this.addToRolePolicy(statement);

    this.function = new LambdaFunction(this, "Resource", {
      functionName: this.functionName,
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      role: this.role.role.arn,
      ...this.code(props.bundle),
      runtime: props.runtime ?? "nodejs22.x",
      memorySize: props.memorySize ?? 256,
      timeout: (props.timeout ?? Duration.seconds(10)).toSeconds(),
      ...(props.environment === undefined
        ? {}
        : { environment: { variables: attributeTexts(this, props.environment) } }),
      tracingConfig: { mode: tracingMode(props.tracing) },
      ...(props.reservedConcurrentExecutions === undefined
        ? {}
        : { reservedConcurrentExecutions: props.reservedConcurrentExecutions }),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
      publish: true,
      lifecycle: { createBeforeDestroy: true },
    });
    this.alias = new LambdaAlias(this, "Alias", {
      name: LIVE,
      functionName: this.function.functionName,
      functionVersion: this.function.version,
      lifecycle: { createBeforeDestroy: true },
    });
    this.node.addValidation({ validate: () => refuseDataReferences(this, props.environment ?? {}) });
  }

  /** What must exist before the function is called. */
  get dependencies(): readonly ITerraformDependable[] {
    return [this.function, this.alias, ...this.role.dependencies, this.logGroup];
  }

  /** Lets the function do what a statement allows. */
  addToRolePolicy(statement: PolicyStatement): void {
    this.role.addToPolicy(statement);
  }

  /** Lets the function do `actions` on one resource or several. */
  grant(targets: GrantTarget | readonly GrantTarget[], ...actions: readonly string[]): void {
    const resources = (isList(targets) ? targets : [targets]).map((it) => (typeof it === "string" ? it : it.arn));
    this.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }

  private code(bundleName: string): { filename: string; sourceCodeHash: string; handler: string } {
    const { zip, sourceCodeHash, handler } = findBundle(this, bundleName);
    if (zip === undefined) return { filename: `stub/${bundleName}.zip`, sourceCodeHash, handler };
    const asset = new TerraformAsset(this, "Code", {
      path: zip,
      type: AssetType.FILE,
      assetHash: shortHash(sourceCodeHash, 16),
    });
    return { filename: asset.path, sourceCodeHash, handler };
  }

  private allowLogsAndTraces(logGroupArn: string, tracing: Tracing | undefined): void {
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [`${logGroupArn}:*`],
      }),
    );
    if (tracing === Tracing.DISABLED) return;
    // X-Ray has no resources to restrict to.
    const actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];
    this.addToRolePolicy(new PolicyStatement({ actions, resources: ["*"] }));
  }
}

function tracingMode(tracing: Tracing = Tracing.ACTIVE): string {
  // Lambda knows no third mode: what does not trace passes the caller's decision through.
  return tracing === Tracing.ACTIVE ? "Active" : "PassThrough";
}

function isList(targets: GrantTarget | readonly GrantTarget[]): targets is readonly GrantTarget[] {
  return Array.isArray(targets);
}
