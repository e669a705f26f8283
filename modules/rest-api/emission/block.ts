import { canonicalJson } from "../../../definition/canonical-json";
import type { Json, JsonObject } from "../../../definition/json";
import { compact } from "../../../definition/openapi/members";
import { shortHash } from "../../naming";

/** One Terraform resource of an API. Texts are literals, in which cdktf tokens may stand. */
export interface ApiBlock {
  readonly type: string;
  readonly name: string;
  /** What is absent or empty is left out. */
  readonly literals: Readonly<Record<string, Json | undefined>>;
  /** Arguments that are attributes of other resources, as in `aws_api_gateway_resource.x.id`. */
  readonly references: Readonly<Record<string, string | undefined>>;
  /** Arguments that hold JSON as text. */
  readonly documents?: Readonly<Record<string, JsonObject>>;
  /** Addresses that no argument refers to. */
  readonly dependsOn?: readonly string[];
  /** Attributes of other resources whose change replaces this one. */
  readonly replaceTriggeredBy?: readonly string[];
}

/** `<type>.<name>`. */
export function addressOf({ type, name }: Pick<ApiBlock, "type" | "name">): string {
  return `${type}.${name}`;
}

/** The arguments as Terraform JSON has them. `asTemplates` escapes the literals. */
export function renderBlock(block: ApiBlock, asTemplates: (literals: JsonObject) => JsonObject): JsonObject {
  const { literals, references, documents = {}, dependsOn = [], replaceTriggeredBy = [] } = block;
  return compact({
    ...asTemplates(compact(literals)),
    ...mapPresent(references, (reference) => `\${${reference}}`),
    ...mapPresent(documents, (document) => canonicalJson(asTemplates(document))),
    depends_on: dependsOn,
    lifecycle: compact({ replace_triggered_by: replaceTriggeredBy }),
  });
}

/** Blocks that no other block waits for: whoever waits for them waits for all. */
export function lastOf(blocks: readonly ApiBlock[]): readonly ApiBlock[] {
  const awaited = new Set(blocks.flatMap(dependencies));
  return blocks.filter((block) => !awaited.has(addressOf(block)));
}

function dependencies({ references, dependsOn = [] }: ApiBlock): readonly string[] {
  const referred = Object.values(references).flatMap((reference) => reference?.split(".").slice(0, 2).join(".") ?? []);
  return [...referred, ...dependsOn];
}

/** Terraform names for the parts of one API, from what they are and never from where or when they were written. */
export class BlockNames {
  private readonly prefix: string;

  /** @param apiPath where the API is in its stack, as in `Api` or `Shop/Api` */
  constructor(private readonly apiPath: string) {
    this.prefix = words(apiPath);
  }

  /**
   * @param identity as in `GET /orders/{orderId}`. Names of path variables are no part of it: a variable that is renamed is
   * updated in place, since AWS allows no second variable beside it.
   */
  of(identity: string): string {
    const anonymous = identity.replaceAll(/\{[^}/]*\}/g, "{}");
    const readable = words(anonymous.replaceAll("{}", "param")).slice(0, READABLE_LIMIT);
    return `${this.prefix}_${readable}_${shortHash(`${this.apiPath} ${anonymous}`)}`;
  }
}

/** Names stay below the 255 characters that cdktf allows. */
const READABLE_LIMIT = 120;

function words(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "")
    .slice(0, READABLE_LIMIT);
}

function mapPresent<Value>(
  record: Readonly<Record<string, Value | undefined>>,
  transform: (value: Value) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, transform(value)]])),
  );
}
