import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import type { FunctionDefinition } from "../../definition/function";
import type { Host, Invocation, InvocationResult } from "../host";
import { DebuggerPort } from "./debugger-port";
import { EnvironmentPool } from "./environment-pool";
import type { EnvironmentSetup } from "./execution-environment";
import { type LaunchOptions, launchCommand, launchNode } from "./launch";
import { invokeRemote } from "./remote-function";

const ACCOUNT = "000000000000";
/** Lambda's longest timeout and largest memory, for functions of other stacks: their own are not known. */
const MAX_TIMEOUT_SECONDS = 900;
const MAX_MEMORY_MB = 10_240;

export interface FunctionsOptions {
  readonly functions: readonly FunctionDefinition[];
  /** Folder that `packageFile` of the functions is relative to. */
  readonly stackFolder: string;
  /** Folder that commands run in, and that has source maps. @default - there are no maps, and commands run in the current one */
  readonly projectRoot?: string;
  /** Variables for every function: endpoints of services, credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** By function name, from the local file. */
  readonly overrides?: Readonly<Record<string, FunctionOverrides>>;
  readonly region: string;
  /** Names of functions that run with the inspector, in one process each. */
  readonly inspected?: readonly string[];
  /**
   * Takes what functions print, and Lambda's START, END and REPORT lines.
   * @default - dropped
   */
  readonly log?: (line: string, functionName: string) => void;
  /** @default Date.now */
  readonly now?: () => number;
}

export interface FunctionOverrides {
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the function runs already: its Invoke API. */
  readonly url?: string;
  /** Program that runs the function, by Lambda's Runtime API. */
  readonly command?: string;
}

/** Where a debugger of a function connects to. */
export interface DebuggerAddress {
  readonly functionName: string;
  /** As in `127.0.0.1:9229`. */
  readonly address: string;
}

/** Lambda on localhost. */
export interface Functions {
  /** @throws ConfigurationError FUNCTION_NOT_RUNNABLE, FUNCTION_NOT_REACHABLE, FUNCTION_PACKAGE_MISSING, FUNCTION_PACKAGE_INVALID */
  readonly invoke: Host["invoke"];
  /** True while somebody debugs a function: nobody else should run out of time either. */
  isDebugged(): boolean;
  /** Opens the ports of inspected functions and starts their processes. */
  openDebuggers(): Promise<readonly DebuggerAddress[]>;
  /** Ends all processes and removes the unpacked code. */
  close(): Promise<void>;
}

/** Runs the functions of a stack from the zips that would be deployed, each in processes of its own. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { functions, region, overrides = {} } = options;
  const target = mkdtempSync(join(tmpdir(), "headgate-"));
  const elsewhere = Object.keys(overrides).filter((name) => !functions.some((fn) => fn.name === name));
  const all = [...functions, ...elsewhere.filter((name) => isRunnable(overrides[name])).map(functionOfElsewhere)];
  const byName = new Map(all.map((fn) => [fn.name, createFunction(fn, target, options)]));
  const debuggers = [...byName].flatMap(([functionName, { debugger: port, start }]) =>
    port ? [{ functionName, port, start }] : [],
  );

  return {
    async invoke(invocation) {
      const requestId = randomUUID();
      const fn = byName.get(invocation.functionName);
      if (!fn) return notFound(invocation, region, requestId);
      if (invocation.type === "RequestResponse") return fn.run(invocation, requestId);
      fn.run(invocation, requestId).catch((error: unknown) => options.log?.(String(error), invocation.functionName));
      return { status: 202, payload: Buffer.alloc(0), requestId };
    },
    isDebugged: () => debuggers.some(({ port }) => port.isAttached()),
    async openDebuggers() {
      const addresses: DebuggerAddress[] = [];
      for (const { functionName, port, start } of debuggers) {
        addresses.push({ functionName, address: `127.0.0.1:${await port.listen()}` });
        start();
      }
      return addresses;
    },
    async close() {
      await Promise.all([...byName.values()].map((fn) => fn.close()));
      rmSync(target, { recursive: true, force: true });
    },
  };
}

/** Does the local file say how a function runs, whatever its runtime is? */
export function isRunnable(overrides: FunctionOverrides | undefined): boolean {
  return overrides?.url !== undefined || overrides?.command !== undefined;
}

function functionOfElsewhere(name: string): FunctionDefinition {
  const limits = { memorySizeMb: MAX_MEMORY_MB, timeoutSeconds: MAX_TIMEOUT_SECONDS };
  return { address: name, name, ...limits, environment: {}, aliases: [] };
}

function createFunction(fn: FunctionDefinition, target: string, options: FunctionsOptions) {
  const { stackFolder, projectRoot, environment: shared, region, inspected = [], now = Date.now } = options;
  const { environment = {}, url } = options.overrides?.[fn.name] ?? {};
  const { reservedConcurrency = Number.POSITIVE_INFINITY, timeoutSeconds } = fn;
  const start = () => pool.start();
  const port = inspected.includes(fn.name) ? new DebuggerPort(start) : undefined;
  const launch: LaunchOptions = {
    fn,
    folders: { stackFolder, target, ...(projectRoot !== undefined && { projectRoot }) },
    region,
    shared,
    overrides: environment,
    now,
    log: (line) => options.log?.(line, fn.name),
    ...(port && { debugger: port }),
  };
  const pool = new EnvironmentPool(() => setupOf(launch, options), port && 1);
  let inWork = 0;

  const run = async (invocation: Invocation, requestId: string): Promise<InvocationResult> => {
    if (inWork >= reservedConcurrency) return throttled(requestId);
    inWork += 1;
    try {
      if (url !== undefined) return await invokeRemote(url, invocation, requestId, timeoutSeconds);
      const { payload, traceId, onChunk } = invocation;
      const invokedFunctionArn = functionArn(invocation, region);
      const request = { requestId, invokedFunctionArn, traceId, payload, ...(onChunk && { onChunk }) };
      const result = await pool.run(request);
      return { status: 200, payload: result.payload, requestId, ...(result.failed && { functionError: "Unhandled" }) };
    } finally {
      inWork -= 1;
    }
  };
  const close = async () => {
    await port?.close();
    await pool.close();
  };
  return { run, start, close, ...(port && { debugger: port }) };
}

/** How a process of a function is started: by the command of the local file, else as Node.js on its zip. */
async function setupOf(launch: LaunchOptions, options: FunctionsOptions): Promise<EnvironmentSetup> {
  const { fn } = launch;
  const command = options.overrides?.[fn.name]?.command;
  if (command !== undefined) return launchCommand(command, options.projectRoot ?? process.cwd(), launch);
  const { packageFile, runtime, name } = fn;
  const isNode = runtime === undefined || runtime.startsWith("nodejs");
  if (packageFile !== undefined && isNode) return launchNode(packageFile, launch);
  throw new ConfigurationError(
    "FUNCTION_NOT_RUNNABLE",
    fn.address,
    `function "${name}" ${isNode ? "has no local zip" : `runs on ${runtime}`}: only zips for Node.js run on localhost by themselves`,
    `give it a "command" or "url" below functions."${name}" in headgate.local.json`,
  );
}

function functionArn({ functionName, qualifier }: Invocation, region: string): string {
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  const arn = `arn:${partition}:lambda:${region}:${ACCOUNT}:function:${functionName}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

function notFound(invocation: Invocation, region: string, requestId: string): InvocationResult {
  const payload = { Type: "User", Message: `Function not found: ${functionArn(invocation, region)}` };
  return { status: 404, payload: Buffer.from(JSON.stringify(payload)), requestId };
}

function throttled(requestId: string): InvocationResult {
  const payload = {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    Type: "User",
    message: "Rate Exceeded.",
  };
  return { status: 429, payload: Buffer.from(JSON.stringify(payload)), requestId };
}
