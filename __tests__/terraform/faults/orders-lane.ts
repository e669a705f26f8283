import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Harness, type Root, startHarness } from "../../support/terraform/harness";
import { type Inventory, inventory } from "../../support/terraform/inventory";
import { startKillable } from "../../support/terraform/killable";
import type { ProviderSource } from "../../support/terraform/provider-mirror";
import { type CommandResult, runCommand } from "../../support/terraform/terraform";
import { type AwsClient, awsClient } from "../../support/twin/client";
import { type KillMoment, type KillPoint, killAt } from "../../support/twin/kills";
import type { SynthesizedOrders } from "./synthesized-orders";

const ACCOUNT = "111111111111";
const REGION = "eu-west-1";
const BUCKET = `orders-terraform-state-${ACCOUNT}`;
const STACK = "orders-dev";
const STAGE = "v1";
/** A point that is not reached by then never is: the longest apply takes a fifth of it, where it has the machine for itself. */
const KILL_LIMIT_MILLIS = 300_000;
/** Calls that are held must not keep others from coming. */
const COMMAND_FLAGS = ["-auto-approve", "-input=false", "-no-color", "-parallelism=64"];
/** Terraform writes the state every 20 seconds. Without that, what a killed command made is in no state, in every run. */
const NOTHING_REMEMBERED = { TF_STATE_PERSIST_INTERVAL: "3600" };

/** The reference API in an account of its own, with its production configuration and its state in S3. */
export interface OrdersLane {
  readonly harness: Harness;
  readonly orders: Root;
  /** The account, as moto has it. */
  readonly account: AwsClient;
  /** Runs a command whose processes are killed at a point; throws when the point is not reached. */
  killed(command: "apply" | "destroy", point: KillPoint, moment: KillMoment): Promise<void>;
  /** Takes the lock away that a killed command left. */
  unlock(id: string): Promise<void>;
  /** Runs `headgate recover` or another command of Headgate on the root. */
  headgate(...args: readonly string[]): Promise<CommandResult>;
  /** What is there beside the account's own objects, by kind. */
  found(): Promise<Inventory>;
  /** Ids of all snapshots that are there. */
  snapshots(): readonly string[];
  /** Id of the snapshot that the stage serves. */
  served(): string | undefined;
  stop(): Promise<void>;
}

/** Starts an account with its logging role; nothing of the API is there. */
export async function startOrdersLane(provider: ProviderSource, synthesized: SynthesizedOrders): Promise<OrdersLane> {
  const harness = await startHarness(provider);
  await harness.createStateBucket(BUCKET, REGION);
  const accountRoot = await harness.root("account");
  accountRoot.checkout(synthesized.account);
  await accountRoot.init();
  await accountRoot.apply();
  const orders = await harness.root("orders");
  orders.checkout(synthesized.first);
  // Without the shared provider, so that a command which is killed finds one that it may take along.
  await mustRun(["init", "-input=false"], orders.folder, harness.environment);
  // What the command finds stacks by.
  writeFileSync(join(harness.folder, "cdktf.json"), JSON.stringify({ app: "true", output: "cdktf.out" }));
  const stacks = { [STACK]: { synthesizedStackPath: "stacks/orders/cdk.tf.json" } };
  writeFileSync(join(harness.folder, "cdktf.out", "manifest.json"), JSON.stringify({ stacks }));
  const account = awsClient(harness.moto.url, { account: ACCOUNT, region: REGION });
  const ownObjects = await inventory(harness.twin.url, ACCOUNT, REGION);

  return {
    harness,
    orders,
    account,
    killed: async (command, point, moment) => {
      const running = startKillable("terraform", [command, ...COMMAND_FLAGS], orders.folder, {
        ...harness.environment,
        ...NOTHING_REMEMBERED,
      });
      const killer = killAt(point, moment, running.kill);
      const stop = harness.twin.intercept(killer);
      const limit = setTimeout(running.kill, KILL_LIMIT_MILLIS);
      const output = await running.output;
      clearTimeout(limit);
      stop();
      if (killer.missing().length > 0) throw new Error(`never under way: ${killer.missing().join(", ")}\n${output}`);
    },
    unlock: (id) => mustRun(["force-unlock", "-force", id], orders.folder, harness.environment),
    headgate: (...args) => {
      const program = join(synthesized.project.folder, "cli", "checkout.cjs");
      const command = [program, ...args, "--stack", STACK];
      return runCommand(process.execPath, command, harness.folder, orders.environment);
    },
    found: async () => without(await inventory(harness.twin.url, ACCOUNT, REGION), ownObjects),
    snapshots: () => harness.twin.apis().flatMap(({ deployments }) => [...deployments.keys()]),
    served: () => harness.twin.apis().flatMap(({ stages }) => stages.get(STAGE)?.deploymentId ?? [])[0],
    stop: harness.stop,
  };
}

function without(all: Inventory, own: Inventory): Inventory {
  const entries = Object.entries(all).map(([kind, names]) => [
    kind,
    names.filter((name) => !own[kind]?.includes(name)).map((name) => (kind === "queues" ? lastSegment(name) : name)),
  ]);
  return Object.fromEntries(entries.filter(([, names]) => names?.length));
}

const lastSegment = (url: string) => url.slice(url.lastIndexOf("/") + 1);

async function mustRun(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const { exitCode, output } = await runCommand("terraform", args, cwd, environment);
  if (exitCode !== 0) throw new Error(`terraform ${args[0]} ended with ${exitCode}\n${output}`);
}
