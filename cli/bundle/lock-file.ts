import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { LOCK_FILES } from "./input-hashes";
import type { InstalledPackage, PackageJson } from "./installed-package";

/** What a lock file says of packages, by their folders relative to the project root. */
export class LockFile {
  private constructor(
    private readonly projectRoot: string,
    private readonly file: string,
    /** Absent for the lock files of other package managers, which are not read. */
    private readonly packages: Readonly<Record<string, PackageJson>> | undefined,
  ) {}

  /** Throws `NODE_MODULE_NOT_LOCKED` when there is none. */
  static read(projectRoot: string, place: string): LockFile {
    const file = LOCK_FILES.find((it) => existsSync(join(projectRoot, it)));
    if (file === undefined) {
      throw new ConfigurationError(
        "NODE_MODULE_NOT_LOCKED",
        place,
        "nodeModules are installed as a lock file says, and the project has none",
        "run npm install and commit package-lock.json",
      );
    }
    const isNpm = file.endsWith(".json");
    const read: { readonly packages?: Readonly<Record<string, PackageJson>> } = isNpm
      ? JSON.parse(readFileSync(join(projectRoot, file), "utf8"))
      : {};
    return new LockFile(projectRoot, file, read.packages);
  }

  /** What the lock file says of a package that is not installed. */
  entryOf(name: string): PackageJson | undefined {
    return this.packages?.[`node_modules/${name}`];
  }

  /** Throws `NODE_MODULE_NOT_LOCKED` for a package that is installed in another version. */
  refuseOther(installed: InstalledPackage, place: string): void {
    const folder = relative(this.projectRoot, installed.found).split(sep).join("/");
    const locked = this.packages?.[folder]?.version;
    if (locked === undefined || locked === installed.json.version) return;
    throw new ConfigurationError(
      "NODE_MODULE_NOT_LOCKED",
      place,
      `${folder} has version ${installed.json.version}, ${this.file} says ${locked}`,
      "run npm ci",
    );
  }
}
