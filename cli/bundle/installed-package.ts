import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** What `package.json` says, as far as installing goes. */
export interface PackageJson {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A package in some `node_modules`. */
export interface InstalledPackage {
  readonly name: string;
  /** Where it was found. */
  readonly found: string;
  /** The same without symbolic links: its own dependencies are looked for from there. */
  readonly folder: string;
  readonly json: PackageJson;
}

/** Finds a package as Node.js does: in `node_modules` of the folder and of each one above. */
export function findPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (basename(folder) !== "node_modules" && existsSync(join(found, "package.json"))) {
      const json: PackageJson = JSON.parse(readFileSync(join(found, "package.json"), "utf8"));
      return { name, found, folder: realpathSync(found), json };
    }
    if (dirname(folder) === folder) return undefined;
  }
}
