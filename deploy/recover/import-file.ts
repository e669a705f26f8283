import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { escapeTemplate } from "../../definition/terraform/template";

/** File beside `cdk.tf.json`. Terraform reads all files of the folder, so `cdktf deploy` applies it too. */
export const IMPORT_FILE = "headgate-recover.tf.json";

/** An object to import. */
export interface Import {
  readonly address: string;
  readonly importId: string;
}

/**
 * Writes `import` blocks. They do nothing once their objects are in the state.
 * Source: https://developer.hashicorp.com/terraform/language/import
 */
export function writeImportFile(folder: string, stack: string, imports: readonly Import[]): string {
  const file = join(folder, IMPORT_FILE);
  const note = `Written by \`headgate recover\`. After the apply, \`headgate recover --stack ${stack}\` removes it.`;
  const blocks = imports.map(({ address, importId }) => ({ to: address, id: escapeTemplate(importId) }));
  writeFileSync(file, `${JSON.stringify({ "//": note, import: blocks }, null, 2)}\n`);
  return file;
}

/** Removes the file of an earlier run; true if there was one. */
export function removeImportFile(folder: string): boolean {
  const file = join(folder, IMPORT_FILE);
  const isThere = existsSync(file);
  rmSync(file, { force: true });
  return isThere;
}
