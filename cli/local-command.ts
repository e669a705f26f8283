import { resolve } from "node:path";
import { ConfigurationError } from "../definition/configuration-error";
import { readLocalConfig } from "../local/config";
import { SOURCE_MAPS_FOLDER } from "../local/lambda/source-maps";
import { terminalLog } from "../local/log/create-log";
import type { Log, LogFormat } from "../local/log/entry";
import type { ServicesProgram } from "../local/services/services-program";
import { AppInputs } from "./dev/app-inputs";
import { type CdktfProject, readCdktfProject } from "./local/cdktf-project";
import { Closers } from "./local/closers";
import { describeGateway } from "./local/describe-gateway";
import { inspectedFunctions } from "./local/inspected-functions";
import { loadVersion, warnOfUnread, warnOfUnused } from "./local/load-version";
import { missingCode } from "./local/missing-code";
import { startGateway } from "./local/start-gateway";
import { synthesizedStacks } from "./local/synthesized-stacks";
import { tokenCall } from "./local/token-call";

/** Functions have half a second to end; what takes longer is requests. */
const LONG_END_MILLIS = 1_000;

export interface LocalCommandOptions {
  /** @default - the variable PORT, else 3000 */
  readonly port?: number;
  readonly host: string;
  /** Port of metrics and routes; 0 takes any free one. */
  readonly adminPort: number;
  /** Names of stacks, with commas between them. @default - "stack" of headgate.local.json, else the only stack with an API */
  readonly stack?: string;
  /** A plan or state of Terraform as JSON, in place of a project of cdktf. @default - stacks are served */
  readonly plan?: string;
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
  /** True follows changes of the sources. @default false */
  readonly watch?: boolean;
  /** A program that has begun to load services. @default - it begins when they are needed */
  readonly services?: ServicesProgram;
}

/**
 * `headgate local`: bundles, synthesizes and serves until SIGINT or SIGTERM.
 *
 * @throws ConfigurationError PORT_INVALID, WATCH_WITHOUT_SYNTH and those of all that it starts
 */
export async function localCommand(projectRoot: string, options: LocalCommandOptions): Promise<void> {
  const { host, adminPort, strict = false, throttle: hasLimits, services, watch: isWatching = false } = options;
  const log = terminalLog(options.log);
  const port = options.port ?? portFromEnvironment();
  if (isWatching && !options.synth) throw watchWithoutSynth();
  const config = readLocalConfig(projectRoot);
  const project = options.plan === undefined ? readCdktfProject(projectRoot) : undefined;
  const closers = new Closers();
  const { signal, stopped } = stopSignal();
  try {
    const recorder = isWatching ? closers.add(AppInputs.record()) : undefined;
    const synthesis = { mapsFolder: SOURCE_MAPS_FOLDER, log, signal, env: recorder?.env };
    const stacksOf = async (declared: CdktfProject) =>
      options.synth
        ? (await import("./synth-command.js")).bundleAndSynthesize(projectRoot, declared, synthesis)
        : synthesizedStacks(resolve(projectRoot, declared.output));
    const stacks = project === undefined ? [] : await stacksOf(project);
    const version = await loadVersion(stacks, config, options);
    const dataFolder = options.data === undefined ? undefined : resolve(projectRoot, options.data);
    const inspected = inspectedFunctions(options.inspect, version.stack.functions, config);
    const behaviour = { strict, hasLimits, inspected, log };
    const gateway = { projectRoot, port, host, adminPort, dataFolder, services, ...behaviour };
    const started = await startGateway(version, gateway, closers);
    log(describeGateway(version.stack, config, started, tokenCall(projectRoot, options)));
    warnOfUnread(version, log);
    for (const text of missingCode(version)) log({ kind: "warning", text });
    await warnOfUnused(version, stacks, log);
    if (recorder && project) {
      const { develop } = await import("./dev/develop.js");
      closers.add(await develop({ projectRoot, project, options, synthesis, recorder, started, version, log }));
    }
    await stopped;
    sayWhenEndingTakesLong(log);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await closers.close();
  }
  process.exit(0);
}

/** Requests under way may take as long as an integration may: without a word, the gateway would seem to hang. */
function sayWhenEndingTakesLong(log: Log): void {
  const text = "ending as soon as the requests under way are answered; a second Ctrl-C does not wait";
  setTimeout(() => log({ kind: "note", text }), LONG_END_MILLIS).unref();
}

function watchWithoutSynth(): ConfigurationError {
  const problem = "--watch follows the sources, and --no-synth serves what was made of them before";
  return new ConfigurationError("WATCH_WITHOUT_SYNTH", "headgate local", problem, "leave one of them out");
}

function portFromEnvironment(): number {
  const PORT = process.env.PORT || "3000";
  const port = Number(PORT);
  if (PORT.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  const problem = `the variable PORT must be 0 to 65535, got "${PORT}"`;
  throw new ConfigurationError("PORT_INVALID", "environment", problem, "correct or unset PORT, or use --port");
}

/** The first signal asks to finish requests under way and stop; the second one does not wait. */
function stopSignal(): { readonly signal: AbortSignal; readonly stopped: Promise<void> } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  onEndOfNpm(() => controller.abort());
  const stopped = new Promise<void>((resolve) => controller.signal.addEventListener("abort", () => resolve()));
  return { signal: controller.signal, stopped };
}

/** `npm start` passes a signal to its shell, and the shell ends without passing it on: the gateway would hold the port. */
function onEndOfNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) stop();
  }, 200).unref();
}
