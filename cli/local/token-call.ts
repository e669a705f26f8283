import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a developer types for `headgate token`: the script `token` of the project, where there is one.
 *
 * @param stack to name, when it is not the one that the command would choose
 */
export function tokenCall(
  projectRoot: string,
  options: { readonly stack?: string; readonly plan?: string } = {},
): string {
  const call = hasTokenScript(projectRoot) ? "npm run --silent token --" : "npx headgate token";
  const { stack, plan } = options;
  if (plan !== undefined) return `${call} --plan ${plan}`;
  return stack === undefined ? call : `${call} --stack ${stack}`;
}

function hasTokenScript(projectRoot: string): boolean {
  try {
    const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    return typeof scripts?.token === "string";
  } catch {
    return false;
  }
}
