import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const REGISTRY = "registry.terraform.io";

/** Where Terraform may find the AWS provider without a network. */
export type ProviderSource =
  /** A folder of the `filesystem_mirror` layout, which holds `registry.terraform.io`. */
  | { readonly kind: "mirror"; readonly folder: string }
  /** A CLI configuration that the machine's owner wrote. */
  | { readonly kind: "cliConfig"; readonly file: string };

/**
 * Looks at `HEADGATE_PROVIDER_MIRROR`, then at `TF_CLI_CONFIG_FILE`, then for a mirror near the root of the file
 * system. Undefined: there is none, and Terraform would have to download the provider.
 */
export function findProvider(environment: NodeJS.ProcessEnv, root = "/"): ProviderSource | undefined {
  const named = environment.HEADGATE_PROVIDER_MIRROR;
  if (named) return { kind: "mirror", folder: named };
  const file = environment.TF_CLI_CONFIG_FILE;
  if (file && existsSync(file)) return { kind: "cliConfig", file };
  const candidates = [root, ...foldersIn(root)];
  const folder = candidates.find((candidate) => existsSync(join(candidate, REGISTRY, "hashicorp", "aws")));
  return folder === undefined ? undefined : { kind: "mirror", folder };
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => [join(folder, entry.name), ...readable(join(folder, entry.name))]);
}

/** One level further down; folders that may not be read hold no mirror. */
function readable(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== REGISTRY)
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

/** Text of a CLI configuration that takes providers from a mirror alone. */
export function cliConfiguration(mirror: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
}
