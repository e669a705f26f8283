import { ConfigurationError } from "../../definition/configuration-error";
import type { FunctionDefinition } from "../../definition/function";
import type { Invocation, InvocationResult } from "../host/host";
import { DebuggerPort } from "./debugger-port";
import { EnvironmentPool } from "./environment-pool";
import type { EnvironmentSetup } from "./execution-environment";
import { functionArn } from "./function-arn";
import type { FunctionsOptions } from "./functions-options";
import { type LaunchOptions, launchCommand, launchNode } from "./launch";
import { invokeRemote } from "./remote-function";

/** What a function is and how it runs; all that a stack and the local file say. */
export interface FunctionVersion {
  readonly fn: FunctionDefinition;
  readonly options: FunctionsOptions;
}

/** One function, over all its versions: requests go to the newest, and those in work are finished by the one that has them. */
export class RunningFunction {
  /** Present for a function that is inspected. It stays the same over versions. */
  readonly debugger?: DebuggerPort;
  private pool: EnvironmentPool;
  private readonly draining = new Set<Promise<void>>();
  private readonly retired = new Set<EnvironmentPool>();
  private inWork = 0;

  /** @param target parent of the folders that code is unpacked to */
  constructor(
    private version: FunctionVersion,
    private readonly target: string,
  ) {
    const { fn, options } = version;
    if (options.inspected?.includes(fn.name)) this.debugger = new DebuggerPort(() => this.start());
    this.pool = this.poolOf(version);
  }

  /** Starts a process before anybody asks for it. */
  start(): void {
    this.pool.start();
  }

  async run(invocation: Invocation, requestId: string): Promise<InvocationResult> {
    const { fn, options } = this.version;
    const { reservedConcurrency = Number.POSITIVE_INFINITY, timeoutSeconds } = fn;
    const url = options.overrides?.[fn.name]?.url;
    if (this.inWork >= reservedConcurrency) return throttled(requestId);
    this.inWork += 1;
    try {
      if (url !== undefined) return await invokeRemote(url, invocation, requestId, timeoutSeconds);
      const { payload, traceId, onChunk } = invocation;
      const invokedFunctionArn = functionArn(invocation, options.region);
      const request = { requestId, invokedFunctionArn, traceId, payload, ...(onChunk && { onChunk }) };
      const result = await this.pool.run(request);
      return { status: 200, payload: result.payload, requestId, ...(result.failed && { functionError: "Unhandled" }) };
    } finally {
      this.inWork -= 1;
    }
  }

  /** From now on requests find this version, in a process that is started at once if the former version had one. */
  replace(version: FunctionVersion): void {
    if (keyOf(version) === keyOf(this.version)) return;
    const former = this.pool;
    const isWarm = former.isWarm();
    this.retire(former);
    this.version = version;
    this.pool = this.poolOf(version);
    if (isWarm) this.pool.start();
  }

  /** Ends when requests in work are done. */
  async drain(): Promise<void> {
    this.retire(this.pool);
    await Promise.all(this.draining);
    await this.debugger?.close();
  }

  async close(): Promise<void> {
    await this.debugger?.close();
    await Promise.all([this.pool, ...this.retired].map((pool) => pool.close()));
  }

  private retire(pool: EnvironmentPool): void {
    this.retired.add(pool);
    const drained: Promise<void> = pool.drain().then(() => {
      this.retired.delete(pool);
      this.draining.delete(drained);
    });
    this.draining.add(drained);
  }

  private poolOf({ fn, options }: FunctionVersion): EnvironmentPool {
    const { stackFolder, projectRoot, environment: shared, region, now = Date.now } = options;
    const launch: LaunchOptions = {
      fn,
      folders: { stackFolder, target: this.target, ...(projectRoot !== undefined && { projectRoot }) },
      region,
      shared,
      overrides: options.overrides?.[fn.name]?.environment ?? {},
      now,
      log: (line) => options.log?.(line, fn.name),
      ...(this.debugger && { debugger: this.debugger }),
    };
    // A debugger sees one process: the next one starts when the last one of the former version has ended.
    const before = this.debugger ? Promise.all(this.draining) : undefined;
    const prepare = async () => {
      await before;
      return setupOf(launch, options);
    };
    return new EnvironmentPool(prepare, this.debugger && 1);
  }
}

/** Versions with the same key run alike. */
function keyOf({ fn, options: { stackFolder, environment, overrides, region } }: FunctionVersion): string {
  return JSON.stringify([fn, stackFolder, environment, overrides?.[fn.name], region]);
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

function throttled(requestId: string): InvocationResult {
  const payload = {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    Type: "User",
    message: "Rate Exceeded.",
  };
  return { status: 429, payload: Buffer.from(JSON.stringify(payload)), requestId };
}
