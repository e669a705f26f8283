import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { environmentOf } from "../environment";
import { literal } from "../terraform-text";
import { arnOfKind, RESOURCE_KINDS, type ResourceKind } from "./resource-kinds";

const KINDS = new Map<string, ResourceKind>(Object.values(RESOURCE_KINDS).map((kind) => [kind.type, kind]));

/** A reference to the ARN of a resource of the same stack, and what can stand for it. */
export interface LiteralArn {
  readonly arn: string;
  readonly resource: TerraformResource;
}

const REFERENCE = /^\$\{(aws_\w+)\.([\w-]+)\.arn\}$/;

/**
 * The ARN that a reference such as `${aws_dynamodb_table.Orders.arn}` will have, when the name of the resource is known at
 * synth. A policy that holds it instead of the reference can be created before the old one is destroyed, without forcing
 * the same on the table.
 */
export function literalArn(scope: IConstruct, reference: string): LiteralArn | undefined {
  const [, type = "", id] = REFERENCE.exec(reference) ?? [];
  const kind = KINDS.get(type);
  if (kind === undefined) return undefined;
  const resource = resourceAt(TerraformStack.of(scope), `${type}.${id}`);
  // Another provider may be another region or account.
  if (resource === undefined || resource.provider !== undefined) return undefined;
  const name = literal(textOf(resource, kind.nameProperty));
  return name === undefined ? undefined : { arn: arnOfKind(kind, environmentOf(scope), name), resource };
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
