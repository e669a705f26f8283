import { ConfigurationError } from "../configuration-error";
import { markUnknown, unknownsIn } from "../unknown";
import type { BlockReader } from "./block-reader";

/**
 * The path of the resource that a method names, put together along `parent_id`. A parent that the root does not declare is an
 * unknown at the beginning of the path.
 *
 * @throws ConfigurationError `REFERENCE_CYCLE`
 */
export function resourcePaths(
  resources: readonly BlockReader[],
  rootResourceId: string,
): (method: BlockReader) => string {
  const byId = new Map(resources.map((resource) => [resource.attribute("id"), resource]));
  const paths = new Map<string, string>();

  function pathTo(id: string, from: BlockReader, attribute: string, pending: readonly string[]): string {
    if (id === rootResourceId) return "";
    const known = paths.get(id);
    if (known !== undefined) return known;
    const resource = byId.get(id);
    if (resource === undefined) return beyond(id, from, attribute);
    if (pending.includes(resource.address)) throw cycle(resource, pending);
    const parent = pathTo(resource.text("parent_id") ?? "", resource, "parent_id", [...pending, resource.address]);
    const path = `${parent}/${resource.text("path_part") ?? ""}`;
    paths.set(id, path);
    return path;
  }

  return (method) => pathTo(method.text("resource_id") ?? "", method, "resource_id", []) || "/";
}

function beyond(id: string, from: BlockReader, attribute: string): string {
  return unknownsIn(id).length > 0 ? id : markUnknown({ address: from.address, attribute });
}

function cycle({ address }: BlockReader, pending: readonly string[]): ConfigurationError {
  return new ConfigurationError(
    "REFERENCE_CYCLE",
    address,
    `the resource is below itself: ${[...pending, address].join(" -> ")}`,
    "correct one of the parent_id",
  );
}
