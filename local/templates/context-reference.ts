import type { Exchange } from "../exchange";
import { entry, isRecord, putEntry, SilentRecord, type TemplateRecord, type TemplateValue } from "./values";

/** What a template finds when it iterates over `$context`, in AWS's order; everything else is only found by name. */
const VISIBLE_FACTS = [
  "resourceId",
  "authorizer",
  "resourcePath",
  "httpMethod",
  "extendedRequestId",
  "requestTime",
  "path",
  "accountId",
  "protocol",
  "requestOverride",
  "stage",
  "domainPrefix",
  "requestTimeEpoch",
  "requestId",
  "identity",
  "domainName",
  "deploymentId",
  "responseOverride",
  "apiId",
];

/** `$context`: the facts as a tree, and the overrides, which keep what templates set. */
export function contextReference(exchange: Exchange): TemplateRecord {
  const tree: TemplateRecord = new SilentRecord();
  for (const [name, value] of exchange.facts)
    insert(tree, name.split("."), typeof value === "number" || value === null ? value : String(value));
  tree.authorizer = authorizerReference(exchange, tree.authorizer);
  tree.requestOverride = exchange.overrides.request as TemplateRecord;
  tree.responseOverride = exchange.overrides.response as TemplateRecord;
  const context: TemplateRecord = new SilentRecord();
  for (const name of VISIBLE_FACTS) if (tree[name] !== undefined) context[name] = tree[name];
  for (const [name, value] of Object.entries(tree)) {
    if (!(name in context)) Object.defineProperty(context, name, { value, writable: true, enumerable: false });
  }
  return context;
}

/** What the authorizer says is listed; what is known about its call is only found by name. */
function authorizerReference({ caller }: Exchange, known: TemplateValue): TemplateValue {
  if (!caller) return known;
  const reference: TemplateRecord = new SilentRecord();
  for (const [name, value] of Object.entries(caller.context)) {
    putEntry(reference, name, typeof value === "string" ? value : Object.assign(new SilentRecord(), value));
  }
  for (const [name, value] of Object.entries(isRecord(known) ? known : {})) {
    if (!Object.hasOwn(reference, name)) Object.defineProperty(reference, name, { value, enumerable: false });
  }
  return reference;
}

/** Names are what authorizers and tokens say, too: `a` may have a value beside `a.b`, and `__proto__` is one like any other. */
function insert(tree: TemplateRecord, [first = "", ...rest]: readonly string[], value: TemplateValue): void {
  if (rest.length === 0) {
    putEntry(tree, first, value);
    return;
  }
  const known = entry(tree, first);
  const below = isRecord(known) ? known : new SilentRecord();
  putEntry(tree, first, below);
  insert(below, rest, value);
}
