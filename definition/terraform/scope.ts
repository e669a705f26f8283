import { ConfigurationError } from "../configuration-error";
import type { Json, JsonObject } from "../json";
import { isList, isObject, listAt, objectAt, textAt } from "../json-access";
import { partitionOf } from "../partition";
import { markUnknown, unknownsIn } from "../unknown";
import { COMPUTED_ATTRIBUTES, type ComputedFacts, LOCAL_ACCOUNT_ID } from "./computed-attributes";
import { evaluateNode } from "./evaluate-node";
import type { ParsedExpressions } from "./expression-node";
import { quoteTemplate, scanTemplate, type TemplatePart } from "./template-scanner";
import { formatTraversal, plainReference, type Traversal } from "./traversal";

/** Region of a provider block that names none. */
export const DEFAULT_REGION = "us-east-1";

/** One block of the Terraform root. */
export interface TerraformBlock {
  /** As in `aws_sqs_queue.events` or `data.aws_region.current`. */
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
}

/** Evaluates the expressions of one Terraform root; remembers what it evaluated. */
export class TerraformScope {
  readonly region: string;
  /** Expressions that need a parsed tree and have none; the caller parses them and starts again. */
  readonly unparsed = new Set<string>();

  private readonly values = new Map<string, Json>();
  private readonly pending = new Set<string>();

  /**
   * @param root content of `cdk.tf.json`
   * @param name name of the root; ids depend on it
   * @param expressions syntax trees of the expressions that are more than plain references
   */
  constructor(
    private readonly root: JsonObject,
    private readonly name: string,
    private readonly expressions: ParsedExpressions,
  ) {
    this.region = DEFAULT_REGION;
    const provider = blocksOf(objectAt(root.provider).aws).find(({ alias }) => alias === undefined);
    const region = textAt(this.evaluate(provider?.region ?? DEFAULT_REGION, "provider.aws"));
    if (region !== undefined && unknownsIn(region).length === 0) this.region = region;
  }

  /** Resources of one type, without those that `count` or `for_each` multiply or switch off. */
  resources(type: string): readonly TerraformBlock[] {
    return Object.entries(objectAt(objectAt(this.root.resource)[type]))
      .map(([name, body]) => ({ address: `${type}.${name}`, type, body: firstBlock(body) }))
      .filter((block) => this.isSingle(block));
  }

  /** An argument of a block, evaluated; absent where it is not set or null. */
  argument(block: TerraformBlock, name: string): Json | undefined {
    const raw = Object.hasOwn(block.body, name) ? block.body[name] : undefined;
    if (raw === undefined || raw === null) return undefined;
    return this.once(`${block.address}.${name}`, () => this.evaluate(raw, block.address)) ?? undefined;
  }

  /** An attribute of a block: what it is set to, else what it computes on localhost, else an unknown. */
  attribute(block: TerraformBlock, name: string): Json {
    const set = this.argument(block, name);
    if (set !== undefined) return set;
    const row = COMPUTED_ATTRIBUTES[block.type];
    const compute = row !== undefined && Object.hasOwn(row, name) ? row[name] : undefined;
    return compute?.(this.factsOf(block)) ?? markUnknown({ address: block.address, attribute: name });
  }

  /**
   * Any value with its templates evaluated. A text that is one expression and nothing else has the value of it, of whatever type.
   *
   * @param owner address that messages and unknowns name
   * @throws ConfigurationError `TEMPLATE_BROKEN`, `REFERENCE_DANGLING`, `REFERENCE_CYCLE`
   */
  evaluate(value: Json, owner: string): Json {
    if (typeof value === "string") return this.evaluateTemplate(value, owner);
    if (isList(value)) return value.map((item) => this.evaluate(item, owner));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        textAt(this.evaluateTemplate(key, owner)) ?? key,
        this.evaluate(member, owner),
      ]),
    );
  }

  private evaluateTemplate(text: string, owner: string): Json {
    // Terraform keeps all text in this form, so this is what reaches AWS.
    const normal = text.normalize("NFC");
    if (!normal.includes("${") && !normal.includes("%{")) return normal;
    const parts = scanTemplate(normal, owner);
    const [only] = parts;
    if (only?.kind === "expression" && parts.length === 1) return this.evaluateExpression(only.source, owner);
    if (parts.some(({ kind }) => kind === "directive")) return this.evaluateExpression(quoteTemplate(parts), owner);
    return parts.map((part) => this.evaluatePart(part, owner)).join("");
  }

  private evaluatePart(part: TemplatePart, owner: string): string {
    if (part.kind === "literal") return part.text;
    return textAt(this.evaluateExpression(part.source, owner)) ?? unknownExpression(part.source, owner);
  }

  private evaluateExpression(source: string, owner: string): Json {
    const reference = plainReference(source);
    if (reference !== undefined) return this.resolve(reference, owner);
    const tree = this.expressions.get(source);
    if (tree === undefined) this.unparsed.add(source);
    const value = tree ? evaluateNode(tree, { source, resolve: (steps) => this.resolve(steps, owner) }) : undefined;
    return value === undefined ? unknownExpression(source, owner) : value;
  }

  private resolve(steps: Traversal, owner: string): Json {
    const [head, second, ...rest] = steps;
    const address = formatTraversal(steps.slice(0, 2));
    if (head === "local") return this.walk(this.local(String(second), owner), rest, address);
    if (head === "var") return this.walk(this.variable(String(second)), rest, address);
    if (head === "path") return ".";
    if (head === "terraform" && second === "workspace") return "default";
    if (head === "data") return this.resolveBlock("data", rest.length > 0 ? steps.slice(1) : steps, owner);
    if (typeof head === "string" && second !== undefined && !NOT_RESOURCES.has(head)) {
      return this.resolveBlock("resource", steps, owner);
    }
    return markUnknown({ address, attribute: formatTraversal(rest.map(String)) });
  }

  private resolveBlock(kind: "data" | "resource", steps: Traversal, owner: string): Json {
    const [type, name, ...path] = steps;
    const address = `${kind === "data" ? "data." : ""}${type}.${name}`;
    const body = objectAt(objectAt(this.root[kind])[String(type)])[String(name)];
    if (body === undefined) throw dangling(address, owner);
    const block = { address, type: String(type), body: firstBlock(body) };
    const isCounted = block.body.count !== undefined;
    const [attribute, ...rest] = isCounted && path[0] === 0 && this.isSingle(block) ? path.slice(1) : path;
    if (typeof attribute !== "string" || !this.isSingle(block)) {
      return markUnknown({ address, attribute: formatTraversal(path) });
    }
    return this.walk(this.attribute(block, attribute), rest, `${address}.${attribute}`);
  }

  private local(name: string, owner: string): Json {
    const locals = Object.assign({}, ...blocksOf(this.root.locals)) as JsonObject;
    if (!Object.hasOwn(locals, name)) throw dangling(`local.${name}`, owner);
    return this.once(`local.${name}`, () => this.evaluate(locals[name] ?? null, `local.${name}`));
  }

  private variable(name: string): Json {
    const { default: value } = firstBlock(objectAt(this.root.variable)[name]);
    return value ?? markUnknown({ address: `var.${name}`, attribute: "default" });
  }

  private walk(value: Json, path: Traversal, address: string): Json {
    const [step, ...rest] = path;
    if (step === undefined) return value;
    if (unknownsIn(value).length > 0 && typeof value === "string") return value;
    // A block that occurs once may be written as an object instead of a list of one.
    if (step === 0 && isObject(value)) return this.walk(value, rest, address);
    const member = typeof step === "number" ? listAt(value)[step] : objectAt(value)[step];
    if (member === undefined) return markUnknown({ address, attribute: formatTraversal(path.map(String)) });
    return this.walk(member, rest, address);
  }

  private isSingle(block: TerraformBlock): boolean {
    if (block.body.for_each !== undefined) return false;
    return block.body.count === undefined || String(this.argument(block, "count")) === "1";
  }

  private factsOf(block: TerraformBlock): ComputedFacts {
    const { name: partition, dnsSuffix } = partitionOf(this.region);
    return {
      account: LOCAL_ACCOUNT_ID,
      region: this.region,
      partition,
      dnsSuffix,
      seed: `${this.name}/${block.address}`,
      argument: (name) => textAt(this.argument(block, name)),
    };
  }

  private once(key: string, compute: () => Json): Json {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    if (this.pending.has(key)) throw cycle(key, this.pending);
    this.pending.add(key);
    const value = compute();
    this.pending.delete(key);
    this.values.set(key, value);
    return value;
  }
}

/** Heads of references that are no resource types and have no value before apply. */
const NOT_RESOURCES: ReadonlySet<string> = new Set(["module", "each", "count", "self", "ephemeral", "terraform"]);

/** Blocks as Terraform JSON has them: one object, or a list of objects. */
export function blocksOf(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.map(objectAt) : isObject(value) ? [value] : [];
}

function firstBlock(value: Json | undefined): JsonObject {
  return blocksOf(value)[0] ?? {};
}

/** Quotes, backslashes and brackets of the marker would break the JSON or the marker that holds the expression. */
function unknownExpression(source: string, owner: string): string {
  return markUnknown({ address: owner, attribute: source.replace(/["\\\p{Cc}\u27E6\u27E7]/gu, "'") });
}

function dangling(address: string, owner: string): ConfigurationError {
  return new ConfigurationError(
    "REFERENCE_DANGLING",
    owner,
    `it refers to ${address}, which the Terraform root does not declare`,
    `declare ${address}, or take the reference out`,
  );
}

function cycle(key: string, pending: ReadonlySet<string>): ConfigurationError {
  return new ConfigurationError(
    "REFERENCE_CYCLE",
    key,
    `its value depends on itself: ${[...pending, key].join(" -> ")}`,
    "take one of these references out",
  );
}
