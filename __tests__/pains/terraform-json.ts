import { resourcesOf, type TerraformJson } from "../../modules/testing";
import { ReferenceGraph } from "../../modules/testing/reference-graph";

/** `<type>.<id>` of everything that Terraform would make, without deployments, which another definition names anew. */
export function addressesOf({ resource = {} }: TerraformJson): readonly string[] {
  return Object.entries(resource)
    .filter(([type]) => type !== "aws_api_gateway_deployment")
    .flatMap(([type, ids]) => Object.keys(ids).map((id) => `${type}.${id}`))
    .sort();
}

/** Types of everything that the only resource of one type waits for. */
export function typesBefore(terraform: TerraformJson, type: string): readonly string[] {
  const graph = new ReferenceGraph(terraform);
  const [address = ""] = Object.keys(resourcesOf(terraform, type)).map((id) => `${type}.${id}`);
  return [...new Set(graph.reachableFrom(address).map((node) => node.type))].sort();
}

/** Addresses of everything that the only resource of one type waits for. */
export function addressesBefore(terraform: TerraformJson, type: string): readonly string[] {
  const graph = new ReferenceGraph(terraform);
  const [address = ""] = Object.keys(resourcesOf(terraform, type)).map((id) => `${type}.${id}`);
  return graph.reachableFrom(address).map((node) => node.address);
}
