import type { TerraformJson } from "./synth-api";

/** One resource or data source of a Terraform root. */
export interface GraphNode {
  /** `aws_lambda_alias.Live`, or `data.aws_caller_identity.Current`. */
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly body: unknown;
  /** Addresses that it refers to or names in `depends_on`. */
  readonly dependencies: readonly string[];
}

/** A member of what may be an object: an argument of a block, or a part of one. */
export function attribute(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}

/** Resources and data sources by address, with the references between them. */
export class ReferenceGraph {
  private readonly nodes = new Map<string, GraphNode>();

  constructor(terraform: TerraformJson) {
    const blocks = [...entries(terraform.resource, false), ...entries(terraform.data, true)];
    const known = new Set(blocks.map(({ address }) => address));
    for (const block of blocks) {
      const dependencies = references(block.body).filter((address) => known.has(address) && address !== block.address);
      this.nodes.set(block.address, { ...block, dependencies: [...new Set(dependencies)] });
    }
  }

  get all(): readonly GraphNode[] {
    return [...this.nodes.values()];
  }

  ofType(type: string): readonly GraphNode[] {
    return this.all.filter((node) => node.type === type);
  }

  /** Everything that a node depends on, directly or not. */
  reachableFrom(address: string): readonly GraphNode[] {
    const found = new Map<string, GraphNode>();
    const waiting = [...(this.nodes.get(address)?.dependencies ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const node = this.nodes.get(next);
      if (node === undefined || found.has(next)) continue;
      found.set(next, node);
      waiting.push(...node.dependencies);
    }
    return [...found.values()];
  }
}

type Block = Omit<GraphNode, "dependencies">;

function entries(blocks: TerraformJson["resource"], isData: boolean): readonly Block[] {
  return Object.entries(blocks ?? {}).flatMap(([type, instances]) =>
    Object.entries(instances).map(([id, body]) => ({
      address: `${isData ? "data." : ""}${type}.${id}`,
      type,
      isData,
      body,
    })),
  );
}

const ADDRESS = /\b(?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z][A-Za-z0-9_-]*/g;

function references(body: unknown): string[] {
  if (typeof body === "string") return expressions(body).flatMap((expression) => expression.match(ADDRESS) ?? []);
  if (Array.isArray(body)) return body.flatMap(references);
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    name === "depends_on" && Array.isArray(value) ? value.map(String) : references(value),
  );
}

/** The texts between `${` and its closing brace; `$${` is a literal. */
function expressions(text: string): string[] {
  return [...text.matchAll(/(?<!\$)\$\{/g)].map(({ index }) => {
    let depth = 1;
    let end = index + 2;
    for (; end < text.length && depth > 0; end++) depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
    return text.slice(index + 2, end - 1);
  });
}
