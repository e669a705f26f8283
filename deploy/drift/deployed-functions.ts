import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { AwsAccount } from "../aws/aws-account";
import { isMissing, refusedBy } from "../aws/refused-call";
import type { DeclaredAlias, DeclaredFunction } from "./declared-functions";

/** What AWS runs for one function. */
export interface DeployedFunction {
  readonly declared: DeclaredFunction;
  /** `$LATEST`; absent when there is no such function. */
  readonly latest?: FunctionConfiguration;
  readonly aliases: readonly DeployedAlias[];
}

/** What an alias points to. */
export interface DeployedAlias {
  readonly declared: DeclaredAlias;
  /** The version behind it; absent when there is no such alias. */
  readonly version?: FunctionConfiguration;
  /** Other versions that take a part of the requests, and their share. */
  readonly otherVersions: Readonly<Record<string, number>>;
}

/** Reads a function and the versions behind its aliases: 1 call, and 2 for each alias. */
export async function readFunction(account: AwsAccount, declared: DeclaredFunction): Promise<DeployedFunction> {
  const latest = await configurationOf(account, declared.name);
  if (latest === undefined) return { declared, aliases: [] };
  const aliases: DeployedAlias[] = [];
  // One after the other: Lambda's control plane takes 15 calls a second.
  for (const alias of declared.aliases) aliases.push(await readAlias(account, declared.name, alias));
  return { declared, latest, aliases };
}

async function readAlias(
  { lambda, ...account }: AwsAccount,
  name: string,
  declared: DeclaredAlias,
): Promise<DeployedAlias> {
  const { GetAliasCommand } = await import("@aws-sdk/client-lambda");
  const alias = await lambda
    .send(new GetAliasCommand({ FunctionName: name, Name: declared.name }))
    .catch(orAbsent(name, `GetAlias of ${name}:${declared.name}`));
  if (alias === undefined) return { declared, otherVersions: {} };
  return {
    declared,
    version: await configurationOf({ lambda, ...account }, name, alias.FunctionVersion),
    otherVersions: alias.RoutingConfig?.AdditionalVersionWeights ?? {},
  };
}

async function configurationOf(
  { lambda }: AwsAccount,
  name: string,
  qualifier?: string,
): Promise<FunctionConfiguration | undefined> {
  const { GetFunctionConfigurationCommand } = await import("@aws-sdk/client-lambda");
  return lambda
    .send(new GetFunctionConfigurationCommand({ FunctionName: name, ...(qualifier && { Qualifier: qualifier }) }))
    .catch(orAbsent(name, `GetFunctionConfiguration of ${name}`));
}

function orAbsent(place: string, call: string): (error: unknown) => undefined {
  return (error) => (isMissing(error) ? undefined : refusedBy(place, call)(error));
}
