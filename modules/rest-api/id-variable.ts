import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { shortHash } from "../naming";

/**
 * An id that only AWS can mint, on its way into an API. The document holds `${stageVariables.<name>}` and is known at plan
 * time; the stages get the id, and wait for what has it.
 */
export interface IdVariable {
  readonly name: string;
  /** A reference to the id. */
  readonly value: string;
  /** What has the id. */
  readonly resource: Construct;
}

/** Longest name of a stage variable. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const NAME_LIMIT = 64;

/** The variable for the id of a resource, named by kind and by its place in its stack: the same in all environments. */
export function idVariable(kind: string, resource: Construct, value: string): IdVariable {
  const path = resource.node.path.slice(TerraformStack.of(resource).node.path.length + 1);
  const name = `${kind}_${path.replaceAll(/\W+/g, "_")}`;
  const hash = shortHash(path);
  const bounded = name.length <= NAME_LIMIT ? name : `${name.slice(0, NAME_LIMIT - hash.length - 1)}_${hash}`;
  return { name: bounded, value, resource };
}

/** How the document says the id. */
export function asStageVariable({ name }: IdVariable): string {
  return `\${stageVariables.${name}}`;
}
