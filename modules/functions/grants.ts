import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import { templateText } from "../terraform-text";
import type { ArnTarget } from "./function-props";
import { GRANTS, type Grant, type Verb } from "./grant-table";
import { arnOf } from "./target-arn";

/**
 * The statements that a grant comes to: actions on the resource and its parts, and on the key that the resource is
 * declared with. Throws `GRANT_TARGET_INVALID` and `GRANT_KEY_UNKNOWN`.
 */
export function grantStatements(scope: IConstruct, verb: Verb, target: ArnTarget): readonly PolicyStatement[] {
  const arn = arnOf(target);
  const grants: readonly Grant[] = GRANTS[verb];
  const type = typeOf(scope, target);
  const grant = grants.find((it) => it.type === type || it.service === type);
  if (grant === undefined) throw invalidTarget(scope, verb, grants, type ?? templateText(scope, arn).text);
  const key = declaredKey(scope, grant, target);
  return [
    ...grant.access.map(({ actions, parts }) => {
      return new PolicyStatement({ actions, resources: parts.map((part) => `${arn}${part}`) });
    }),
    ...(key === undefined ? [] : [new PolicyStatement({ actions: grant.keyActions ?? [], resources: [key] })]),
  ];
}

/** Terraform's type of a resource or reference, or the service in an ARN. */
function typeOf(scope: IConstruct, target: ArnTarget): string | undefined {
  const type: unknown = typeof target === "string" ? undefined : Reflect.get(target, "terraformResourceType");
  if (typeof type === "string") return type;
  const { text } = templateText(scope, arnOf(target));
  return /^\$\{(?:data\.)?(aws_\w+)\./.exec(text)?.[1] ?? /^arn:[^:]*:([^:]+):/.exec(text)?.[1];
}

/** ARN of the key that the resource is declared with, if it is not one that AWS manages. */
function declaredKey(scope: IConstruct, { keyProperty }: Grant, target: ArnTarget): string | undefined {
  const key = keyProperty?.reduce<unknown>((value, name) => memberOf(value, name), target);
  if (typeof key !== "string" || key.startsWith("alias/aws/")) return undefined;
  const { text } = templateText(scope, key);
  if (text.startsWith("arn:") || text.endsWith(".arn}")) return key;
  if (/^[0-9a-f-]{36}$/.test(text)) {
    const { partition, region, accountId } = environmentOf(scope);
    return `arn:${partition}:kms:${region}:${accountId}:key/${text}`;
  }
  throw new ConfigurationError(
    "GRANT_KEY_UNKNOWN",
    scope.node.path,
    `the resource is encrypted with "${text}", and a policy names a key by its ARN`,
    "declare the resource with the ARN of the key, or pass { arn } of the resource and grant the key apart, as in grantDecrypt(key)",
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function invalidTarget(scope: IConstruct, verb: Verb, grants: readonly Grant[], got: string): ConfigurationError {
  const types = grants.map(({ type }) => type).join(", ");
  return new ConfigurationError(
    "GRANT_TARGET_INVALID",
    scope.node.path,
    `${verb} is for ${types}, got "${got}"`,
    `pass such a resource or its ARN, or name the actions yourself: grant(target, "service:Action")`,
  );
}
