import type { Json, JsonObject } from "../../definition/json";
import { parseBody } from "./synth-api";

/**
 * Terraform JSON as a snapshot should hold it, the same on every machine and for every build of the same functions:
 * documents and policies as objects, hashes of code and of definitions masked, keys sorted, no metadata of cdktf.
 */
export function normalizeTerraform(terraform: unknown): unknown {
  return JSON.parse(maskAddresses(JSON.stringify(visit(terraform))));
}

/** A serializer for `expect.addSnapshotSerializer`: snapshots of Terraform JSON are written normalized. */
export const terraformSnapshotSerializer = {
  test(value: unknown): boolean {
    return isObject(value) && ("resource" in value || "terraform" in value) && !NORMALIZED.has(value);
  },
  print(value: unknown, print: (value: unknown) => string): string {
    const normalized = normalizeTerraform(value);
    if (isObject(normalized)) NORMALIZED.add(normalized);
    return print(normalized);
  },
};

const NORMALIZED = new WeakSet<object>();

type Mask = (value: Json) => Json;

/** How attributes are shown, by name. */
const MASKS: Readonly<Record<string, Mask>> = {
  assume_role_policy: expand,
  body: (value) => (typeof value === "string" && value.startsWith('{"') ? parseBody(value) : value),
  definition: () => "<hash of the definition>",
  filename: (value) => (typeof value === "string" ? value.replace(/^assets\/[^/]+\/[^/]+\//, "assets/") : value),
  format: expand,
  policy: expand,
  redrive_policy: expand,
  source_code_hash: () => "<hash of the code>",
};

function visit(value: unknown): Json {
  if (Array.isArray(value)) return value.map(visit);
  if (!isObject(value)) return typeof value === "string" ? withoutFolders(value) : toJson(value);
  const members = Object.entries(value)
    .filter(([name]) => name !== "//")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => [name, visit(mask(name, member))] as const);
  return Object.fromEntries(members);
}

function mask(name: string, value: unknown): unknown {
  const apply = Object.hasOwn(MASKS, name) ? MASKS[name] : undefined;
  return apply === undefined ? value : apply(toJson(value));
}

function expand(value: Json): Json {
  if (typeof value !== "string" || !value.startsWith("{")) return value;
  const expanded: JsonObject = JSON.parse(value);
  return expanded;
}

/** Deployments end in eight digits of the hash, here and wherever something refers to them. */
function maskAddresses(text: string): string {
  const addresses = new Set(
    [...text.matchAll(/aws_api_gateway_deployment\.([A-Za-z0-9_-]+_)[0-9a-f]{8}\b/g)].map(([, id = ""]) => id),
  );
  return [...addresses].reduce(
    (masked, id) => masked.replaceAll(new RegExp(`${id}[0-9a-f]{8}\\b`, "g"), `${id}<hash>`),
    text,
  );
}

function withoutFolders(text: string): string {
  return text.replaceAll(process.cwd(), () => "<project>");
}

function toJson(value: unknown): Json {
  const json: Json = value === undefined ? null : JSON.parse(JSON.stringify(value));
  return json;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
