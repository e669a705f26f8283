import type { FunctionDefinition } from "../../definition/function";
import { childProgram } from "../child-program";
import { ChannelLink } from "./channel-link";
import type { DebuggerPort } from "./debugger-port";
import { type EnvironmentVariablesOptions, environmentVariables } from "./environment-variables";
import type { EnvironmentSetup } from "./execution-environment";
import { type PackageFolders, unpackFunction, unpackLayers } from "./function-package";
import { nodeOptionsOf } from "./node-runtime";
import { RuntimeApiLink } from "./runtime-api-link";
import { hasSourceMap } from "./source-maps";
import { jsonLog, TEXT_LOG } from "./system-log";

/** Lambda's limit for loading the code. */
const INIT_TIMEOUT_SECONDS = 10;
/** A command may have to compile first, which on AWS happened before. */
const COMMAND_INIT_TIMEOUT_SECONDS = 120;
/** Part of the memory that V8 may use for objects; the rest is for the process itself. */
const HEAP_SHARE = 0.9;

/** What every process of a function is started with. */
export interface LaunchOptions extends Pick<EnvironmentVariablesOptions, "region" | "shared" | "overrides"> {
  readonly fn: FunctionDefinition;
  readonly folders: PackageFolders;
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly debugger?: DebuggerPort;
}

/**
 * Node.js with our runtime, on the zip that would be deployed.
 *
 * @throws ConfigurationError FUNCTION_PACKAGE_MISSING, FUNCTION_PACKAGE_INVALID
 */
export async function launchNode(packageFile: string, options: LaunchOptions): Promise<EnvironmentSetup> {
  const { fn, folders, now } = options;
  const taskRoot = await unpackFunction(fn, packageFile, folders);
  const layersFolder = await unpackLayers(fn.layers ?? [], folders);
  const heapMb = Math.max(1, Math.floor(fn.memorySizeMb * HEAP_SHARE));
  const variables = environmentVariables({ ...options, taskRoot, layersFolder, now: now() });
  return {
    ...limitsOf(options),
    initTimeoutSeconds: INIT_TIMEOUT_SECONDS,
    command: process.execPath,
    args: [
      `--max-old-space-size=${heapMb}`,
      ...(hasSourceMap(taskRoot) ? ["--enable-source-maps"] : []),
      ...nodeOptionsOf(fn, variables.NODE_OPTIONS),
      ...(options.debugger ? ["--inspect=127.0.0.1:0"] : []),
      childProgram("local/lambda/runtime/bootstrap"),
    ],
    isShell: false,
    cwd: taskRoot,
    variables,
    link: new ChannelLink(),
  };
}

/**
 * A program of the developer's that speaks Lambda's Runtime API. It runs in the project root, and finds what it needs by the
 * developer's own `PATH` and `HOME`.
 */
export async function launchCommand(
  command: string,
  projectRoot: string,
  options: LaunchOptions,
): Promise<EnvironmentSetup> {
  const { fn, folders, now } = options;
  const layersFolder = await unpackLayers(fn.layers ?? [], folders);
  const { PATH, HOME } = process.env;
  const own = {
    // What Python prints would come when the process ends, if at all.
    PYTHONUNBUFFERED: "1",
    ...(PATH !== undefined && { PATH }),
    ...(HOME !== undefined && { HOME }),
    ...options.overrides,
  };
  return {
    ...limitsOf(options),
    initTimeoutSeconds: COMMAND_INIT_TIMEOUT_SECONDS,
    // The program takes the place of the shell: signals and memory are its own.
    command: process.platform === "win32" ? command : `exec ${command}`,
    args: [],
    isShell: true,
    cwd: projectRoot,
    variables: environmentVariables({
      ...options,
      overrides: own,
      taskRoot: projectRoot,
      layersFolder,
      now: now(),
    }),
    link: await RuntimeApiLink.open(),
  };
}

function limitsOf({ fn, now, log, debugger: port }: LaunchOptions) {
  const { memorySizeMb, timeoutSeconds, jsonLog: json } = fn;
  const systemLog = json ? jsonLog(json.systemLogLevel ?? "INFO", now) : TEXT_LOG;
  return { memorySizeMb, timeoutSeconds, systemLog, log, ...(port && { debugger: port }) };
}
