import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { checkFunction, warnOfRuntime } from "../checks/function-checks";
import { claimName } from "../checks/function-names";
import { Duration } from "../duration";
import { environmentOf } from "../environment";
import { type Grantee, grantTo } from "../iam/grantee";
import { PolicyStatement } from "../iam/policy-statement";
import type { ServiceRole } from "../iam/role";
import { namePart } from "../naming";
import { RetentionDays } from "../retention-days";
import { aliasSettings } from "./alias-settings";
import { Architecture } from "./architecture";
import type { CodeConfig } from "./code-config";
import { refuseDataReferences } from "./data-references";
import { type DeadLetters, deadLettersOf } from "./dead-letters";
import { executionRole } from "./execution-role";
import { functionByArn, functionByName, type IFunction } from "./existing-function";
import { type AliasOptions, FunctionAlias } from "./function-alias";
import { joinedVariables, optionalArguments, variableTexts } from "./function-arguments";
import type { FunctionProps } from "./function-props";
import { Granted } from "./granted";
import { prerequisites } from "./prerequisites";
import { Runtime } from "./runtime";
import { arnOf, resourcesBehind } from "./target-arn";
import { Tracing, tracingMode } from "./tracing";

/** One published version. */
export interface FunctionVersion {
  /** Number of the version, known after apply. */
  readonly version: string;
  /** ARN with the number, known after apply. */
  readonly functionArn: string;
}

/**
 * A Lambda function from a zip, with its own role, log group and an alias. Exported as `Function`.
 *
 * Every change of code publishes a version and moves the alias; APIs point at the alias and are not touched.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export class ZipFunction extends Granted {
  /** A function of another stack, by ARN: literal, or of a data source. */
  static fromFunctionArn(_scope: Construct, _id: string, functionArn: string): IFunction {
    return functionByArn(functionArn);
  }

  /** A function in region and account of the stack, by name. */
  static fromFunctionName(scope: Construct, _id: string, functionName: string): IFunction {
    return functionByName(scope, functionName);
  }

  /** A literal. */
  readonly functionName: string;
  /** ARN without qualifier; a literal, unless the account is a data source. */
  readonly functionArn: string;
  /** ARN of the alias that integrations call. */
  readonly aliasArn: string;
  /** Longest run of one invocation. */
  readonly timeout: Duration;
  readonly runtime: Runtime;
  readonly architecture: Architecture;
  /** `aws_lambda_function`. */
  readonly function: LambdaFunction;
  /** `aws_lambda_alias`. */
  readonly alias: LambdaAlias;
  /** What the function may do. */
  readonly role: ServiceRole;
  /** `aws_cloudwatch_log_group`. */
  readonly logGroup: CloudwatchLogGroup;
  private readonly deadLetters: DeadLetters | undefined;
  private readonly settings: readonly ITerraformDependable[];
  private environment: Readonly<Record<string, string>>;

  /** Throws what the code throws; what Lambda would refuse is reported at synth. */
  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    const { region, partition, accountId } = environmentOf(this);
    this.functionName = props.functionName ?? namePart(`${TerraformStack.of(this).node.id}-${id}`);
    this.timeout = props.timeout ?? Duration.seconds(10);
    this.runtime = props.runtime ?? Runtime.NODEJS_22_X;
    this.architecture = props.architecture ?? Architecture.ARM_64;
    this.deadLetters = deadLettersOf(this, props);
    const aliasName = props.aliasName ?? "live";
    this.functionArn = `arn:${partition}:lambda:${region}:${accountId}:function:${this.functionName}`;
    this.aliasArn = `${this.functionArn}:${aliasName}`;

    const code = props.code.bind(this, this.runtime);
    this.environment = joinedVariables(code.environment, props.environment);
    checkFunction(this, { ...props, ...this.facts(), aliasName, code });
    warnOfRuntime(this, this.runtime);
    claimName(this, this.functionName);

    this.logGroup = new CloudwatchLogGroup(this, "Logs", {
      name: `/aws/lambda/${this.functionName}`,
      retentionInDays: props.logRetention ?? RetentionDays.ONE_MONTH,
      ...(props.logEncryptionKey === undefined ? {} : { kmsKeyId: arnOf(props.logEncryptionKey) }),
    });
    this.role = executionRole(this, this.functionName, props);
    for (const statement of this.deadLetters?.keyStatements ?? []) this.role.addToPolicy(statement);
    this.function = this.createFunction(props, code);
    this.alias = new LambdaAlias(this, "Alias", {
      name: aliasName,
      functionName: this.function.functionName,
      functionVersion: this.function.version,
      lifecycle: { createBeforeDestroy: true },
    });
    this.settings = aliasSettings(this, this.alias, props);
    this.node.addValidation({ validate: () => refuseDataReferences(this.function, this.node.path) });
  }

  /** The version that the alias points to. */
  get currentVersion(): FunctionVersion {
    return { version: this.function.version, functionArn: this.function.qualifiedArn };
  }

  /**
   * A further name for the newest version; with the name of the alias that the function has, that alias. Throws
   * `FUNCTION_ALIAS_TAKEN` when that one is given settings here.
   */
  addAlias(aliasName: string, options: AliasOptions = {}): FunctionAlias {
    return new FunctionAlias(this, aliasName, options);
  }

  /** What must exist before the function is called. */
  get dependencies(): readonly ITerraformDependable[] {
    const texts = [
      ...Object.values(this.environment),
      ...(this.deadLetters === undefined ? [] : [arnOf(this.deadLetters.target)]),
    ];
    const named = texts.flatMap((text) => resourcesBehind(this, text));
    return [this.function, this.alias, ...this.settings, ...this.role.dependencies, this.logGroup, ...named];
  }

  /** Sets an environment variable, also after the function was created. */
  addEnvironment(key: string, value: string): this {
    this.environment = { ...this.environment, [key]: value };
    checkFunction(this, this.facts());
    this.function.putEnvironment({ variables: variableTexts(this, this.environment) });
    return this;
  }

  override addToRolePolicy(statement: PolicyStatement): void {
    this.role.addToPolicy(statement);
  }

  /** Lets another function, a role, a user or a group invoke this one: the alias, and the function without qualifier. */
  grantInvoke(grantee: Grantee): void {
    const resources = [this.functionArn, this.aliasArn];
    grantTo(this, grantee, new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources }));
  }

  private facts() {
    const { functionName, timeout, runtime, architecture, environment } = this;
    return { functionName, timeout, runtime, architecture, environment };
  }

  private createFunction(props: FunctionProps, code: CodeConfig): LambdaFunction {
    const handler = props.handler ?? code.handler;
    const { vpc } = props;
    const before = prerequisites(this, this.role, this.functionArn, { vpc, deadLetters: this.deadLetters });
    return new LambdaFunction(this, "Resource", {
      ...optionalArguments(this, props),
      functionName: this.functionName,
      role: this.role.role.arn,
      ...code.location,
      ...(handler === undefined ? {} : { handler }),
      runtime: this.runtime,
      architectures: [this.architecture],
      memorySize: props.memorySize ?? 256,
      timeout: this.timeout.toMilliseconds() / 1000,
      ...(Object.keys(this.environment).length === 0
        ? {}
        : { environment: { variables: variableTexts(this, this.environment) } }),
      ...(this.deadLetters === undefined ? {} : { deadLetterConfig: { targetArn: this.deadLetters.arn } }),
      tracingConfig: { mode: tracingMode(props.tracing ?? Tracing.ACTIVE) },
      publish: true,
      ...(before.length === 0 ? {} : { dependsOn: [...before] }),
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
