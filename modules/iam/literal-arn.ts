import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { environmentOf } from "../environment";
import { literal, templateText } from "../terraform-text";
import { arnOfKind, RESOURCE_KINDS, type ResourceKind } from "./resource-kinds";

const KINDS = new Map<string, ResourceKind>(Object.values(RESOURCE_KINDS).map((kind) => [kind.type, kind]));

/** A reference to a resource of the same stack, and what can stand for it. */
interface Literal {
  readonly reference: string;
  readonly value: string;
  readonly resource: TerraformResource;
  /** True when the value has wildcards, for what AWS appends to the name. */
  readonly isPattern: boolean;
}

/** A Terraform template in which literals stand for references, as far as they are known. */
export interface LiteralText {
  readonly text: string;
  /** What the literals stand for. */
  readonly resources: readonly TerraformResource[];
  /** Those that remain. */
  readonly references: readonly string[];
}

const REFERENCE = /^\$\{(aws_\w+)\.([\w-]+)\.(arn|name|bucket)\}$/;

/**
 * A policy with the ARN or name that a reference such as `${aws_dynamodb_table.Orders.arn}` will have in its place, where
 * the name of the resource is known at synth. What holds it instead of the reference can be created before the old one is
 * destroyed, without forcing the same on the table.
 *
 * @param references all that `text` holds
 */
export function literalPolicy(scope: IConstruct, text: string, references: readonly string[]): LiteralText {
  return withLiterals(
    text,
    references,
    references.flatMap((reference) => literalOf(scope, reference) ?? []),
  );
}

/** The same for a text that is no policy, so that it holds no patterns. */
export function literalValue(scope: IConstruct, value: string): LiteralText {
  const { text, references } = templateText(scope, value);
  const literals = references.flatMap((reference) => literalOf(scope, reference) ?? []);
  return withLiterals(
    text,
    references,
    literals.filter(({ isPattern }) => !isPattern),
  );
}

function withLiterals(text: string, references: readonly string[], literals: readonly Literal[]): LiteralText {
  const replaced = new Set(literals.map(({ reference }) => reference));
  return {
    text: literals.reduce((resolved, { reference, value }) => resolved.replaceAll(reference, () => value), text),
    resources: [...new Set(literals.map(({ resource }) => resource))],
    references: references.filter((it) => !replaced.has(it)),
  };
}

function literalOf(scope: IConstruct, reference: string): Literal | undefined {
  const [, type = "", id, attribute = ""] = REFERENCE.exec(reference) ?? [];
  const kind = KINDS.get(type);
  if (kind === undefined) return undefined;
  const resource = resourceAt(TerraformStack.of(scope), `${type}.${id}`);
  // Another provider may be another region or account.
  if (resource === undefined || resource.provider !== undefined) return undefined;
  const name = literal(textOf(resource, kind.nameProperty));
  if (name === undefined) return undefined;
  if (attribute === "arn") {
    const value = arnOfKind(kind, environmentOf(scope), name);
    return { reference, resource, value, isPattern: kind.suffix !== undefined };
  }
  return kind.nameProperty === `${attribute}Input` ? { reference, resource, value: name, isPattern: false } : undefined;
}

/** Addresses are unique and stay, so that a walk over the tree is needed only for what was declared after the last one. */
const resourcesByAddress = new WeakMap<TerraformStack, ReadonlyMap<string, TerraformResource>>();

function resourceAt(stack: TerraformStack, address: string): TerraformResource | undefined {
  const known = resourcesByAddress.get(stack)?.get(address);
  if (known !== undefined) return known;
  const resources = stack.node.findAll().filter(TerraformResource.isTerraformResource);
  const named = resources.filter(({ terraformResourceType }) => KINDS.has(terraformResourceType));
  const found = new Map<string, TerraformResource>(
    named.map((it) => [`${it.terraformResourceType}.${it.friendlyUniqueId}`, it]),
  );
  resourcesByAddress.set(stack, found);
  return found.get(address);
}

function textOf(resource: TerraformResource, property: string): string | undefined {
  const value: unknown = Reflect.get(resource, property);
  return typeof value === "string" ? value : undefined;
}
