import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { environmentOf } from "../environment";
import { literal } from "../terraform-text";

interface NamedType {
  /** The argument that holds the name. */
  readonly argument: string;
  /** What follows the partition in the ARN. */
  readonly arn: (place: { readonly region: string; readonly accountId: string; readonly name: string }) => string;
}

/**
 * Types whose ARNs follow from names known at synth.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const NAMED_TYPES: Readonly<Record<string, NamedType>> = {
  aws_dynamodb_table: {
    argument: "name",
    arn: ({ region, accountId, name }) => `dynamodb:${region}:${accountId}:table/${name}`,
  },
  aws_kinesis_stream: {
    argument: "name",
    arn: ({ region, accountId, name }) => `kinesis:${region}:${accountId}:stream/${name}`,
  },
  aws_s3_bucket: { argument: "bucket", arn: ({ name }) => `s3:::${name}` },
  aws_sns_topic: { argument: "name", arn: ({ region, accountId, name }) => `sns:${region}:${accountId}:${name}` },
  aws_sqs_queue: { argument: "name", arn: ({ region, accountId, name }) => `sqs:${region}:${accountId}:${name}` },
};

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
  const named = NAMED_TYPES[type];
  if (named === undefined) return undefined;
  const resource = resourceAt(TerraformStack.of(scope), `${type}.${id}`);
  // Another provider may be another region or account.
  if (resource === undefined || resource.provider !== undefined) return undefined;
  const name = literal(textOf(resource, `${named.argument}Input`));
  if (name === undefined) return undefined;
  const { partition, region, accountId } = environmentOf(scope);
  return { arn: `arn:${partition}:${named.arn({ region, accountId, name })}`, resource };
}

/** Addresses are unique and stay, so that a walk over the tree is needed only for what was declared after the last one. */
const resourcesByAddress = new WeakMap<TerraformStack, ReadonlyMap<string, TerraformResource>>();

function resourceAt(stack: TerraformStack, address: string): TerraformResource | undefined {
  const known = resourcesByAddress.get(stack)?.get(address);
  if (known !== undefined) return known;
  const resources = stack.node.findAll().filter(TerraformResource.isTerraformResource);
  const named = resources.filter(({ terraformResourceType }) => terraformResourceType in NAMED_TYPES);
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
