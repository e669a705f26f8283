import type { Construct } from "constructs";
import { environmentOf } from "../environment";

/** A function that is declared elsewhere: integrations and authorizers take it as it is. */
export interface IFunction {
  /** Without qualifier, or that of an alias or a version. */
  readonly arn: string;
  /** The same, under AWS CDK's name. */
  readonly functionArn: string;
}

/** A function by ARN, as it is or as a data source gives it. */
export function functionByArn(arn: string): IFunction {
  return { arn, functionArn: arn };
}

/** A function by name, in region and account of a stack. */
export function functionByName(scope: Construct, name: string): IFunction {
  const { partition, region, accountId } = environmentOf(scope);
  return functionByArn(`arn:${partition}:lambda:${region}:${accountId}:function:${name}`);
}
