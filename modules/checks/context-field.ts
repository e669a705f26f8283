import { nearestName } from "../nearest-name";
import { FIELDS, misspeltContext, OPEN_FIELDS, type UnknownField } from "../rest-api/access-log-field";

/** What is known only when the request is over. */
const LOG_ONLY =
  /^(?:authenticate|authorize|waf|customDomain|integration)\.|^(?:integrationLatency|integrationStatus|responseLatency|responseLength|status)$/;

/**
 * What templates can read and write, without `$context.`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
const TEMPLATE_FIELDS: readonly string[] = FIELDS.filter((field) => !LOG_ONLY.test(field));

/** `$context.identity.sourceIp`, `$!{context.path}`; a call such as `.toString()` at the end is no field. */
const REFERENCE = /\$!?\{?context\.([A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*)(\s*\()?/g;

/**
 * The first `$context` variable in a template that API Gateway does not have there. Names are case-sensitive.
 * @param allowed fields that are not in the list, and that AWS has all the same
 */
export function unknownContextField(template: string, allowed: readonly string[]): UnknownField | undefined {
  const fields = [...TEMPLATE_FIELDS, ...allowed];
  const misspelt = misspeltContext(withoutOwnVariables(template), fields);
  if (misspelt !== undefined) return misspelt;
  const isKnown = (name: string) => isOpen(name) || fields.some((field) => isSameOrAround(field, name));
  const names = [...template.matchAll(REFERENCE)].map(([, name = "", call]) =>
    call === undefined ? name : name.split(".").slice(0, -1).join("."),
  );
  const field = names.find((name) => name !== "" && !isKnown(name) && !isKnown(name.split("-")[0] ?? ""));
  if (field === undefined) return undefined;
  return { field: `$context.${field}`, nearest: `$context.${nearestName(field, fields)}` };
}

/** A template may call its own variables what it likes, such as `$content`. */
function withoutOwnVariables(template: string): string {
  const own = [...template.matchAll(/#\{?(?:set|foreach|macro|define)\}?\s*\(([^)=]*)/g)].flatMap(([, names = ""]) =>
    [...names.matchAll(/\$!?\{?(\w+)/g)].map(([, name = ""]) => name),
  );
  return own.reduce((text, name) => text.replaceAll(new RegExp(`\\$!?\\{?${name}\\b`, "g"), () => "own"), template);
}

/** A field, an object of fields such as `identity`, or a member of a field's value. */
function isSameOrAround(field: string, name: string): boolean {
  return field === name || field.startsWith(`${name}.`) || name.startsWith(`${field}.`);
}

function isOpen(name: string): boolean {
  return OPEN_FIELDS.test(name) || /^(?:requestOverride|authorizer\.claims|responseOverride\.header)\b/.test(name);
}
