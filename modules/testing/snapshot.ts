import type { Json, JsonObject } from "../../definition/json";
import { isRecord } from "../../definition/json-access";
import { areRetained } from "../../definition/retained-snapshot";
import { parseBody } from "./synth-api";

/**
 * Terraform JSON as a snapshot should hold it, the same on every machine and for every build of the same functions:
 * documents and policies as objects, hashes of code and of definitions masked, keys sorted, no metadata of cdktf.
 */
export function normalizeTerraform(terraform: unknown): unknown {
  const retained = retainedDeployments(terraform);
  return JSON.parse(maskTexts(maskAddresses(JSON.stringify(visit(terraform)), retained), retained));
}

/** A serializer for `expect.addSnapshotSerializer`: snapshots of Terraform JSON are written normalized. */
export const terraformSnapshotSerializer = {
  test(value: unknown): boolean {
    return isRecord(value) && ("resource" in value || "terraform" in value) && !NORMALIZED.has(value);
  },
  print(value: unknown, print: (value: unknown) => string): string {
    const normalized = normalizeTerraform(value);
    if (isRecord(normalized)) NORMALIZED.add(normalized);
    return print(normalized);
  },
};

const NORMALIZED = new WeakSet<object>();

/** How texts of Terraform's attributes are shown, by attribute. What a JSON text holds is shown as it is. */
const SHOWN: Readonly<Record<string, (text: string) => Json>> = {
  assume_role_policy: expand,
  body: (text) => (text.startsWith('{"') ? parseBody(text) : text),
  definition: () => "<hash of the definition>",
  filename: (text) => text.replace(/^assets\/[^/]+\/[^/]+\//, "assets/"),
  format: expand,
  policy: expand,
  redrive_policy: expand,
  source_code_hash: () => "<hash of the code>",
};

function visit(value: unknown): Json {
  if (Array.isArray(value)) return value.map(visit);
  if (!isRecord(value)) return typeof value === "string" ? withoutFolders(value) : toJson(value);
  const members = Object.entries(value)
    .filter(([name]) => name !== "//")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => [name, visitMember(name, member)] as const);
  return Object.fromEntries(members);
}

function visitMember(name: string, value: unknown): Json {
  const show = Object.hasOwn(SHOWN, name) ? SHOWN[name] : undefined;
  return show !== undefined && typeof value === "string" ? show(value) : visit(value);
}

function expand(text: string): Json {
  if (!text.startsWith("{")) return text;
  const expanded: JsonObject = JSON.parse(text);
  return expanded;
}

/**
 * Deployments end in eight digits of the hash, here and wherever something refers to them. Those of retained ones stand in
 * the source.
 */
function maskAddresses(text: string, retained: ReadonlySet<string>): string {
  const addresses = new Set(
    [...text.matchAll(/aws_api_gateway_deployment\.([A-Za-z0-9_-]+_)[0-9a-f]{8}\b/g)].map(([, id = ""]) => id),
  );
  return [...addresses].reduce(
    (masked, id) =>
      masked.replaceAll(new RegExp(`${id}[0-9a-f]{8}\\b`, "g"), (found) =>
        retained.has(found) ? found : `${id}<hash>`,
      ),
    text,
  );
}

/** So do their descriptions, and what tells which of them a stage serves. */
function maskTexts(text: string, retained: ReadonlySet<string>): string {
  const hashes = new Set([...retained].map((id) => id.slice(-8)));
  return text.replaceAll(/\bdefinition ([0-9a-f]{8})\b/g, (found, hash: string) =>
    hashes.has(hash) ? found : "definition <hash>",
  );
}

function retainedDeployments(terraform: unknown): ReadonlySet<string> {
  const deployments = memberOf(memberOf(terraform, "resource"), "aws_api_gateway_deployment");
  const isRetained = (body: unknown) => areRetained(toJson(memberOf(body, "triggers")));
  return new Set(Object.keys(Object(deployments)).filter((id) => isRetained(memberOf(deployments, id))));
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function withoutFolders(text: string): string {
  return text.replaceAll(process.cwd(), () => "<project>");
}

function toJson(value: unknown): Json {
  const json: Json = value === undefined ? null : JSON.parse(JSON.stringify(value));
  return json;
}
