import { compareCodeUnits } from "../../../definition/canonical-json";
import { ConfigurationError } from "../../../definition/configuration-error";
import { type ApiBlock, addressOf } from "./block";
import type { BlockContext } from "./block-context";

const TYPE = "aws_api_gateway_resource";

/** The resource of each path, and those between it and the root. */
export function resourceBlocks(context: BlockContext): readonly ApiBlock[] {
  const { api, apiAddress, names, foreignPaths } = context;
  const paths = api.methods.flatMap(({ resourcePath }) => ownPaths(resourcePath, foreignPaths));
  const blocks = [...new Set(paths)].sort(compareCodeUnits).map((path): ApiBlock => {
    const end = path.lastIndexOf("/");
    return {
      type: TYPE,
      name: names.of(path),
      references: { rest_api_id: `${apiAddress}.id`, parent_id: resourceId(path.slice(0, end), context) },
      literals: { path_part: path.slice(end + 1) },
    };
  });
  refuseSecondVariable(blocks);
  return blocks;
}

/** Reference to the id of the resource of a path; the root is part of the API. */
export function resourceId(path: string, { apiAddress, names, foreignPaths }: BlockContext): string {
  if (path === "/" || path === "") return `${apiAddress}.root_resource_id`;
  if (foreignPaths?.has(path)) return `${apiAddress}.resource_ids[${JSON.stringify(path)}]`;
  return `${addressOf({ type: TYPE, name: names.of(path) })}.id`;
}

/** A path and those that lead to it, from below the last one that somebody else owns. */
export function ownPaths(path: string, foreignPaths: ReadonlySet<string> = new Set()): readonly string[] {
  const segments = path.split("/").filter((segment) => segment !== "");
  const all = segments.map((_, index) => `/${segments.slice(0, index + 1).join("/")}`);
  return all.slice(all.findLastIndex((it) => foreignPaths.has(it)) + 1);
}

/** Names of variables are no part of an address, and AWS allows one variable at a place. */
function refuseSecondVariable(blocks: readonly ApiBlock[]): void {
  const parts = new Map<string, string>();
  for (const { name, literals } of blocks) {
    const part = String(literals.path_part);
    const other = parts.get(name);
    if (other !== undefined) {
      throw new ConfigurationError(
        "PATH_VARIABLE_AMBIGUOUS",
        addressOf({ type: TYPE, name }),
        `both "${other}" and "${part}" are variables at the same place of a path, and AWS allows one`,
        "call the variable the same in all routes",
      );
    }
    parts.set(name, part);
  }
}
