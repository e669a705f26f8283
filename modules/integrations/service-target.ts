import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { recordFinding } from "../checks/findings";
import { environmentOf } from "../environment";
import { arnOfKind, type ResourceKind } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { literal } from "../terraform-text";

/** A plain cdktf resource or data source with a name known at synth, or `{ arn }` with a literal ARN. */
export interface ServiceTarget {
  readonly arn: string;
}

/** A resource that a service integration calls. Everything but the account is a literal. */
export interface ResolvedServiceTarget {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  /** ARN of the key that the resource is declared with. Throws `TARGET_KEY_UNKNOWN` for one by alias. */
  readonly keyArn?: () => string | undefined;
  readonly dependencies: readonly ITerraformDependable[];
}

/**
 * Reports `TARGET_NAME_UNKNOWN` and `TARGET_ARN_INVALID` at synth, with a name in the place of the one that is missing: name and
 * ARN are part of the document.
 */
export function resolveServiceTarget(method: Method, target: ServiceTarget, kind: ResourceKind): ResolvedServiceTarget {
  return isResource(target) ? ofResource(method, target, kind) : ofArn(method, target.arn, kind);
}

interface PlainResource extends Construct, ITerraformDependable {
  readonly terraformResourceType: string;
}

function isResource(target: ServiceTarget): target is ServiceTarget & PlainResource {
  return Construct.isConstruct(target) && "fqn" in target && "terraformResourceType" in target;
}

function ofResource(method: Method, target: PlainResource, kind: ResourceKind): ResolvedServiceTarget {
  if (target.terraformResourceType !== kind.type) {
    return standIn(method, kind, notOfKind(method, kind, target.terraformResourceType));
  }
  const name = literal(textOf(target, kind.nameProperty));
  // Another provider may be another region or account.
  if (name === undefined || Reflect.get(target, "provider") !== undefined) {
    return standIn(method, kind, unknownName(method, kind));
  }
  return {
    ...namedServiceTarget(target, name, kind),
    keyArn: () => keyOf(target, kind),
    dependencies: [target],
  };
}

/** A resource by its name, in the environment of a construct. */
export function namedServiceTarget(scope: Construct, name: string, kind: ResourceKind): ResolvedServiceTarget {
  const environment = environmentOf(scope);
  const { region, accountId } = environment;
  return { name, arn: arnOfKind(kind, environment, name), region, account: accountId, dependencies: [] };
}

function ofArn(method: Method, arn: string, kind: ResourceKind): ResolvedServiceTarget {
  const [scheme, partition = "", service, region = "", account = "", ...rest] = arn.split(":");
  const id = rest.join(":");
  // The account may come from a data source.
  if (Token.isUnresolved(`${scheme}${partition}${service}${region}${id}`)) {
    return standIn(method, kind, unknownName(method, kind));
  }
  const hasPlace = (region !== "") === kind.isRegional && (account !== "") === kind.isRegional;
  const hasName = id.startsWith(kind.prefix) && id !== kind.prefix;
  if (scheme !== "arn" || partition === "" || service !== kind.service || !hasPlace || !hasName) {
    return standIn(method, kind, notOfKind(method, kind, arn));
  }
  const own = environmentOf(method);
  return {
    name: id.slice(kind.prefix.length),
    arn,
    region: region || own.region,
    account: account || own.accountId,
    dependencies: [],
  };
}

function standIn(method: Method, kind: ResourceKind, finding: ConfigurationError): ResolvedServiceTarget {
  recordFinding(method, finding);
  return namedServiceTarget(method, "unknown", kind);
}

function keyOf(target: PlainResource, kind: ResourceKind): string | undefined {
  const key = textOf(target, ...(kind.keyProperty ?? []));
  // The key that AWS manages for a service needs no statement.
  if (key === undefined || key.startsWith("alias/aws/")) return undefined;
  if (Token.isUnresolved(key) || key.startsWith("arn:")) return key;
  const { region, accountId, partition } = environmentOf(target);
  if (!key.startsWith("alias/")) return `arn:${partition}:kms:${region}:${accountId}:key/${key}`;
  throw new ConfigurationError(
    "TARGET_KEY_UNKNOWN",
    target.node.path,
    `the ${kind.label} is encrypted with "${key}", and a policy cannot name a key by its alias`,
    "pass encryptionKey: { arn } to the integration",
  );
}

function textOf(target: PlainResource, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((found, name) => Object(found)[name], target);
  return typeof value === "string" ? value : undefined;
}

function unknownName(method: Method, { label }: ResourceKind): ConfigurationError {
  return new ConfigurationError(
    "TARGET_NAME_UNKNOWN",
    method.node.path,
    `the ${label} has no name, region or ARN that is known at synth, so the API's document would be unknown in the first plan`,
    `create the ${label} with a literal name and the stack's own provider, or pass { arn } with a literal ARN`,
  );
}

function notOfKind(method: Method, kind: ResourceKind, got: string): ConfigurationError {
  const place = kind.isRegional ? "<region>:<account>" : ":";
  return new ConfigurationError(
    "TARGET_ARN_INVALID",
    method.node.path,
    `the integration needs a ${kind.label}, got "${got}"`,
    `pass an ${kind.type}, or an ARN as in arn:aws:${kind.service}:${place}:${kind.prefix}<name>`,
  );
}
