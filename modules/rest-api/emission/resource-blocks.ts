import { compareCodeUnits } from "../../../definition/canonical-json";
import { ConfigurationError } from "../../../definition/configuration-error";
import { type ApiBlock, addressOf } from "./block";
import type { BlockContext } from "./block-context";

const TYPE = "aws_api_gateway_resource";

/** The resource of each path, and those between it and the root. */
export function resourceBlocks(context: BlockContext): readonly ApiBlock[] {
  const { api, apiAddress, names } = context;
  const blocks = pathsOf(api.methods.map(({ resourcePath }) => resourcePath)).map((path): ApiBlock => {
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
export function resourceId(path: string, { apiAddress, names }: BlockContext): string {
  if (path === "/" || path === "") return `${apiAddress}.root_resource_id`;
  return `${addressOf({ type: TYPE, name: names.of(path) })}.id`;
}

function pathsOf(paths: readonly string[]): readonly string[] {
  const all = paths.flatMap((path) => {
    const segments = path.split("/").filter((segment) => segment !== "");
    return segments.map((_, index) => `/${segments.slice(0, index + 1).join("/")}`);
  });
  return [...new Set(all)].sort(compareCodeUnits);
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
