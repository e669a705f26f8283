import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const folders: string[] = [];

/**
 * A project in a new temporary folder, with these files; its `node_modules` leads to ours.
 *
 * @param below folder in the temporary folder that is the project's root
 */
export function projectFolder(files: Readonly<Record<string, string>>, below = ""): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "headgate-bundle-")));
  folders.push(folder);
  const root = join(folder, below);
  mkdirSync(root, { recursive: true });
  symlinkSync(join(__dirname, "../../../node_modules"), join(root, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Deletes the folders of this test file. */
export function deleteProjectFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
