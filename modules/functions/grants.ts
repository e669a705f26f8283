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
  return [
    ...grantFor(scope, verb, target).access.map(({ actions, parts }) => {
      return new PolicyStatement({ actions, resources: parts.map((part) => `${arn}${part}`) });
    }),
    ...keyStatements(scope, verb, target),
  ];
}

/** The part of a grant that is about the key. Throws as `grantStatements` does. */
export function keyStatements(scope: IConstruct, verb: Verb, target: ArnTarget): readonly PolicyStatement[] {
  const grant = grantFor(scope, verb, target);
  const key = declaredKey(scope, grant, target);
  return key === undefined ? [] : [new PolicyStatement({ actions: grant.keyActions ?? [], resources: [key] })];
}

function grantFor(scope: IConstruct, verb: Verb, target: ArnTarget): Grant {
  const grants: readonly Grant[] = GRANTS[verb];
  const type = typeOf(scope, target);
  // A variable or an output of a module does not say what it is: the method does, when it is for one type alone.
  const found = grants.find((it) => it.type === type || it.service === type || (type === undefined && !grants[1]));
  if (found === undefined) throw invalidTarget(scope, verb, grants, type ?? templateText(scope, arnOf(target)).text);
  return found;
}

/** Terraform's type of a resource or reference, or the service in an ARN. */
function typeOf(scope: IConstruct, target: ArnTarget): string | undefined {
  const type: unknown = typeof target === "string" ? undefined : Reflect.get(target, "terraformResourceType");
  if (typeof type === "string") return type;
  const { text } = templateText(scope, arnOf(target));
  const known = /^\$\{(?:data\.)?(aws_\w+)\./.exec(text)?.[1] ?? /^arn:[^:]*:([^:]+):/.exec(text)?.[1];
  return known ?? (text.startsWith("${") ? undefined : text);
}

/** A literal or a reference, but not that of an alias: policies do not look behind those. */
const KEY_ARN = /^arn:[^:]*:kms:[^:]*:[^:]*:key\/|(?<!\{aws_kms_alias\.[\w-]+|data\.aws_kms_alias\.[\w-]+)[._]arn\}$/;

/** Of one region, or of several (`mrk-`). */
const KEY_ID = /^(?:[0-9a-f-]{36}|mrk-[0-9a-f]{32})$/;

/** ARN of the key that the resource is declared with, if it is not one that AWS manages. */
function declaredKey(scope: IConstruct, { keyProperty }: Grant, target: ArnTarget): string | undefined {
  const key = keyProperty?.reduce<unknown>((value, name) => memberOf(value, name), target);
  if (typeof key !== "string" || key.startsWith("alias/aws/")) return undefined;
  const { text } = templateText(scope, key);
  if (KEY_ARN.test(text)) return key;
  if (KEY_ID.test(text)) {
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
