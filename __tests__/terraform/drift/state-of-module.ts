import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Root } from "../../support/terraform/harness";

/** The state that a module of a root would have if it stood alone, as a file. */
export async function stateOfModule(root: Root, name: string): Promise<string> {
  const { output } = await root.run("state", "pull");
  const { resources, ...state } = JSON.parse(output);
  const path = `module.${name}`;
  const own = resources
    .filter(({ module }: Placed) => module === path)
    .map(({ module: _, ...resource }: Placed) => resource);
  const file = join(root.folder, `${name}.tfstate.json`);
  writeFileSync(file, JSON.stringify({ ...state, resources: own }));
  return file;
}

interface Placed {
  readonly module?: string;
}
