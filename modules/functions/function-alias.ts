import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { checkFunction } from "../checks/function-checks";
import { type Grantee, grantTo } from "../iam/grantee";
import { PolicyStatement } from "../iam/policy-statement";
import { attributeText } from "../terraform-text";
import { aliasSettings } from "./alias-settings";
import type { FunctionOptions } from "./function-props";
import type { Runtime } from "./runtime";

/** What an alias can have. AWS CDK's names. */
export interface AliasOptions
  extends Pick<FunctionOptions, "description" | "maxEventAge" | "provisionedConcurrentExecutions" | "retryAttempts"> {}

/** The function that an alias belongs to. */
interface AliasedFunction extends Construct {
  readonly functionName: string;
  readonly functionArn: string;
  readonly aliasArn: string;
  readonly runtime: Runtime;
  readonly function: LambdaFunction;
  readonly alias: LambdaAlias;
  readonly dependencies: readonly ITerraformDependable[];
}

/**
 * A name for the newest version of a function, with settings of its own: integrations and authorizers take it as they take the
 * function. See `addAlias` of a function.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export class FunctionAlias extends Construct {
  /** A literal. */
  readonly aliasName: string;
  /** Name of the function. */
  readonly functionName: string;
  /** A literal, unless the account is a data source. */
  readonly aliasArn: string;
  /** `aws_lambda_function`. */
  readonly function: LambdaFunction;
  /** `aws_lambda_alias`. */
  readonly alias: LambdaAlias;
  private readonly settings: readonly ITerraformDependable[];

  constructor(
    private readonly aliased: AliasedFunction,
    aliasName: string,
    options: AliasOptions,
  ) {
    super(aliased, `Alias ${aliasName}`);
    this.aliasName = aliasName;
    this.functionName = aliased.functionName;
    this.aliasArn = `${aliased.functionArn}:${aliasName}`;
    this.function = aliased.function;
    checkFunction(this, { functionName: this.functionName, runtime: aliased.runtime, aliasName, ...options });
    const isOwn = this.aliasArn === aliased.aliasArn;
    if (isOwn) this.refuseOptions(options);
    this.alias = isOwn ? aliased.alias : this.createAlias(options);
    this.settings = isOwn ? [] : aliasSettings(this, this.alias, options);
  }

  /** The ARN of the alias, as AWS CDK names it. */
  get functionArn(): string {
    return this.aliasArn;
  }

  /** What must exist before the alias is called. */
  get dependencies(): readonly ITerraformDependable[] {
    return [...new Set([...this.aliased.dependencies, this.alias, ...this.settings])];
  }

  /** Lets another function, a role, a user or a group invoke the alias. */
  grantInvoke(grantee: Grantee): void {
    grantTo(this, grantee, new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [this.aliasArn] }));
  }

  private createAlias({ description }: AliasOptions): LambdaAlias {
    return new LambdaAlias(this, "Resource", {
      name: this.aliasName,
      ...(description === undefined ? {} : { description: attributeText(this, description) }),
      functionName: this.function.functionName,
      functionVersion: this.function.version,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private refuseOptions(options: AliasOptions): void {
    const [given] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
    if (given === undefined) return;
    throw new ConfigurationError(
      "FUNCTION_ALIAS_TAKEN",
      this.node.path,
      `"${this.aliasName}" is the alias that the function has already, and ${given} is said beside it`,
      "pass the settings to the function, or give the alias another name",
    );
  }
}
