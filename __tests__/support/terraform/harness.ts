import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../../definition/json";
import { awsClient } from "../twin/client";
import { type MotoServer, startMotoServer } from "../twin/moto-server";
import { startTwin, type Twin } from "../twin/twin";
import { terraformEnvironment } from "./environment";
import type { ProviderSource } from "./provider-mirror";
import { type ProviderProcess, startProvider } from "./provider-process";
import { type Terraform, terraform } from "./terraform";

/** One root folder with a state of its own; its content can be exchanged, as a checkout does. */
export interface Root extends Terraform {
  readonly folder: string;
  /** Environment of its commands, the shared provider included. */
  readonly environment: NodeJS.ProcessEnv;
  /** Puts a synthesized stack (folder with `cdk.tf.json` and assets) in the place of what is there. */
  checkout(synthesized: string): void;
  /** Puts a configuration in the place of what is there. */
  write(configuration: JsonObject): void;
}

/** Real Terraform against a twin, in a folder that goes away. */
export interface Harness {
  readonly twin: Twin;
  readonly moto: MotoServer;
  readonly folder: string;
  /** Environment of the commands. */
  readonly environment: NodeJS.ProcessEnv;
  /** The S3 bucket that a production configuration keeps its state in. */
  createStateBucket(name: string, region: string): Promise<void>;
  /** An empty root, with a provider process that all its commands share. */
  root(name: string): Promise<Root>;
  stop(): Promise<void>;
}

/** What belongs to the root and not to its configuration. */
const KEPT = [".terraform", ".terraform.lock.hcl", "terraform.tfstate"];

/**
 * Starts moto and the twin.
 *
 * @param motoSettings environment variables of moto
 */
export async function startHarness(
  provider: ProviderSource,
  motoSettings: Readonly<Record<string, string>> = {},
): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), "headgate-terraform-"));
  const moto = await startMotoServer(motoSettings);
  const twin = await startTwin({ motoUrl: moto.url });
  const environment = terraformEnvironment(twin.url, provider, folder);
  const providers: ProviderProcess[] = [];
  return {
    twin,
    moto,
    folder,
    environment,
    root: async (name) => {
      // As deep as cdktf writes stacks: their local state stands three folders above.
      const root = join(folder, "cdktf.out", "stacks", name);
      mkdirSync(root, { recursive: true });
      const shared = await startProvider(provider, root, environment);
      if (shared) providers.push(shared);
      return createRoot(root, { ...environment, ...shared?.environment });
    },
    createStateBucket: (name, region) => awsClient(moto.url, { region }).createBucket(name),
    stop: async () => {
      await Promise.all(providers.map((shared) => shared.stop()));
      await twin.stop();
      await moto.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createRoot(folder: string, environment: NodeJS.ProcessEnv): Root {
  const empty = () => {
    for (const name of readdirSync(folder)) {
      if (!KEPT.includes(name)) rmSync(join(folder, name), { recursive: true });
    }
  };
  return {
    ...terraform(folder, environment),
    folder,
    environment,
    checkout: (synthesized) => {
      empty();
      cpSync(synthesized, folder, { recursive: true });
    },
    write: (configuration) => {
      empty();
      writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
    },
  };
}
