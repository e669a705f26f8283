import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { ProviderSource } from "./provider-mirror";
import { type Terraform, terraform } from "./terraform";

/** A provider that several commands share; starting it costs more than most commands. */
export interface ProviderProcess {
  /** `TF_REATTACH_PROVIDERS`. Source: https://developer.hashicorp.com/terraform/plugin/debugging */
  readonly environment: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/**
 * Starts the AWS provider of a mirror in debug mode. Undefined when the mirror holds no unpacked provider: then every
 * command starts its own.
 *
 * @param cwd the root: relative paths of a configuration are relative to it
 */
export async function startProvider(
  source: ProviderSource,
  cwd: string,
  environment: NodeJS.ProcessEnv,
): Promise<ProviderProcess | undefined> {
  const binary = source.kind === "mirror" ? findBinary(source.folder) : undefined;
  if (binary === undefined) return undefined;
  const child = spawn(binary, ["-debug"], { cwd, env: environment, stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(child, "exit");
  const reattach = await Promise.race([reattachConfiguration(child.stdout), exited.then(() => undefined)]);
  if (reattach === undefined) throw new Error(`${binary} ended before it could be attached to`);
  return {
    environment: { TF_REATTACH_PROVIDERS: reattach },
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Terraform in one root folder whose commands share a provider, which ends with the work. */
export async function withTerraform<Result>(
  source: ProviderSource,
  root: string,
  environment: NodeJS.ProcessEnv,
  work: (commands: Terraform) => Promise<Result>,
): Promise<Result> {
  const shared = await startProvider(source, root, environment);
  try {
    return await work(terraform(root, { ...environment, ...shared?.environment }));
  } finally {
    await shared?.stop();
  }
}

/** Waits for the line that names the address, and goes on reading: a closed pipe would end the provider. */
function reattachConfiguration(stdout: Readable): Promise<string> {
  return new Promise((resolve) => {
    let output = "";
    stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      const reattach = /TF_REATTACH_PROVIDERS='(.+)'/.exec(output)?.[1];
      if (reattach !== undefined) resolve(reattach);
    });
  });
}

function findBinary(mirror: string): string | undefined {
  const versions = join(mirror, "registry.terraform.io", "hashicorp", "aws");
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const found = readdirSync(versions).flatMap((version) => {
    try {
      const folder = join(versions, version, platform);
      return readdirSync(folder).flatMap((name) =>
        name.startsWith("terraform-provider-aws") ? [join(folder, name)] : [],
      );
    } catch {
      return [];
    }
  });
  return found.length === 1 ? found[0] : undefined;
}
