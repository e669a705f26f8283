import { resolve } from "node:path";
import { ConfigurationError } from "../definition/configuration-error";
import type { StackDefinition } from "../definition/stack";
import { readStack } from "../definition/terraform/read-stack";
import { LOCAL_CONFIG_FILE, type LocalConfig, readLocalConfig } from "../local/config";
import { SOURCE_MAPS_FOLDER } from "../local/lambda/source-maps";
import { terminalLog } from "../local/log/create-log";
import type { Log, LogFormat } from "../local/log/entry";
import type { ServicesProgram } from "../local/services/services-program";
import { readCdktfProject } from "./local/cdktf-project";
import { Closers } from "./local/closers";
import { describeGateway } from "./local/describe-gateway";
import { inspectedFunctions } from "./local/inspected-functions";
import { selectStages } from "./local/select-stages";
import { startGateway } from "./local/start-gateway";
import { chooseStack, type SynthesizedStack, synthesizedStacks } from "./local/synthesized-stacks";
import { tokenCall } from "./local/token-call";
import { unusedSettings } from "./local/unused-settings";

export interface LocalCommandOptions {
  /** @default - the variable PORT, else 3000 */
  readonly port?: number;
  readonly host: string;
  /** Port of metrics and routes; 0 takes any free one. */
  readonly adminPort: number;
  /** @default - "stack" of headgate.local.json, else the only stack with an API */
  readonly stack?: string;
  /** Stages to serve. @default - all */
  readonly stage?: readonly string[];
  /** Folder that keeps the tables. @default - in memory */
  readonly data?: string;
  /** How everything that it says is written. */
  readonly log: LogFormat;
  /** Refuse to start when something is not emulated. */
  readonly strict?: boolean;
  /** False lets all requests pass, whatever throttles and quotas say. */
  readonly throttle: boolean;
  /** A function to debug; true for the only one, or all. @default - none */
  readonly inspect?: string | true;
  /** False serves what is synthesized already. */
  readonly synth: boolean;
  /** A program that has begun to load services. @default - it begins when they are needed */
  readonly services?: ServicesProgram;
}

/**
 * `headgate local`: bundles, synthesizes and serves until SIGINT or SIGTERM.
 *
 * @throws ConfigurationError PORT_INVALID, STACK_WITHOUT_API and those of all that it starts
 */
export async function localCommand(projectRoot: string, options: LocalCommandOptions): Promise<void> {
  const log = terminalLog(options.log);
  const port = options.port ?? portFromEnvironment();
  const config = readLocalConfig(projectRoot);
  const project = readCdktfProject(projectRoot);
  const stacks = options.synth
    ? await (await import("./synth-command.js")).bundleAndSynthesize(projectRoot, project, SOURCE_MAPS_FOLDER, log)
    : synthesizedStacks(resolve(projectRoot, project.output));
  const { name, folder } = chooseStack(stacks, options.stack ?? config.stack);
  const whole = await readStack(folder);
  const stack = selectStages(whole, options.stage ?? []);
  if (stack.apis.length === 0) {
    const problem = `stack "${name}" declares no API`;
    throw new ConfigurationError(
      "STACK_WITHOUT_API",
      name,
      problem,
      "add a RestApi, or name another stack with --stack",
    );
  }

  const closers = new Closers();
  const stopped = stopSignal();
  try {
    const dataFolder = options.data === undefined ? undefined : resolve(projectRoot, options.data);
    const { host, adminPort, strict = false, throttle: hasLimits, services } = options;
    const inspected = inspectedFunctions(options.inspect, stack.functions, config);
    const listening = { port, host, adminPort };
    const behaviour = { strict, hasLimits, inspected, log };
    const started = await startGateway(
      { projectRoot, stack, stackFolder: folder, config, ...listening, dataFolder, services, ...behaviour },
      closers,
    );
    log(describeGateway(stack, config, started, tokenCall(projectRoot, options.stack)));
    warnOfUnused(config, [whole, ...(await readable(stacks, name))], log);
    await stopped;
  } finally {
    await closers.close();
  }
  process.exit(0);
}

function warnOfUnused(config: LocalConfig, stacks: readonly StackDefinition[], log: Log): void {
  for (const unused of unusedSettings(config, stacks)) {
    log({ kind: "warning", text: `without effect in ${LOCAL_CONFIG_FILE}: ${unused}` });
  }
}

/** The other stacks, as far as they can be read: what is wrong with them shows when they are served. */
async function readable(stacks: readonly SynthesizedStack[], served: string): Promise<readonly StackDefinition[]> {
  const others = stacks.filter(({ name }) => name !== served);
  const read = await Promise.allSettled(others.map(({ folder }) => readStack(folder)));
  return read.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
}

function portFromEnvironment(): number {
  const PORT = process.env.PORT || "3000";
  const port = Number(PORT);
  if (PORT.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  const problem = `the variable PORT must be 0 to 65535, got "${PORT}"`;
  throw new ConfigurationError("PORT_INVALID", "environment", problem, "correct or unset PORT, or use --port");
}

/** The first signal asks to finish requests under way and stop; the second one does not wait. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    onEndOfNpm(resolve);
  });
}

/** `npm start` passes a signal to its shell, and the shell ends without passing it on: the gateway would hold the port. */
function onEndOfNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) stop();
  }, 200).unref();
}
