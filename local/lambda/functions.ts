import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionDefinition } from "../../definition/function";
import { childProgram } from "../child-program";
import type { Host, Invocation, InvocationResult } from "../host";
import { EnvironmentPool } from "./environment-pool";
import { environmentVariables } from "./environment-variables";
import type { EnvironmentSetup } from "./execution-environment";
import { unpackFunction } from "./function-package";

const ACCOUNT = "000000000000";

export interface FunctionsOptions {
  readonly functions: readonly FunctionDefinition[];
  /** Folder that `packageFile` of the functions is relative to. */
  readonly stackFolder: string;
  /** Variables for every function: endpoints of services, credentials. */
  readonly environment: Readonly<Record<string, string>>;
  /** By function name, from the local file. */
  readonly overrides?: Readonly<Record<string, FunctionOverrides>>;
  readonly region: string;
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
}

/** Lambda on localhost. */
export interface Functions {
  /** @throws ConfigurationError FUNCTION_NOT_RUNNABLE, FUNCTION_PACKAGE_MISSING, FUNCTION_PACKAGE_INVALID */
  readonly invoke: Host["invoke"];
  /** Ends all processes and removes the unpacked code. */
  close(): Promise<void>;
}

/** Runs the functions of a stack from the zips that would be deployed, each in processes of its own. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { functions, region } = options;
  const folder = mkdtempSync(join(tmpdir(), "headgate-"));
  const byName = new Map(functions.map((fn) => [fn.name, createFunction(fn, folder, options)]));

  return {
    async invoke(invocation) {
      const requestId = randomUUID();
      const fn = byName.get(invocation.functionName);
      if (!fn) return notFound(invocation, region, requestId);
      if (invocation.type === "RequestResponse") return fn(invocation, requestId);
      fn(invocation, requestId).catch((error: unknown) => options.log?.(String(error), invocation.functionName));
      return { status: 202, payload: Buffer.alloc(0), requestId };
    },
    async close() {
      await Promise.all([...byName.values()].map((fn) => fn.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function createFunction(fn: FunctionDefinition, folder: string, options: FunctionsOptions) {
  const { stackFolder, environment: shared, region, log, now = Date.now } = options;
  const overrides = options.overrides?.[fn.name]?.environment ?? {};
  const { memorySizeMb, timeoutSeconds, reservedConcurrency = Number.POSITIVE_INFINITY } = fn;
  let inWork = 0;

  const pool = new EnvironmentPool(async (): Promise<EnvironmentSetup> => {
    const taskRoot = await unpackFunction(fn, stackFolder, folder);
    return {
      program: await childProgram("lambda/runtime/bootstrap"),
      taskRoot,
      variables: environmentVariables({ fn, region, taskRoot, shared, overrides, now: now() }),
      memorySizeMb,
      timeoutSeconds,
      log: (line) => log?.(line, fn.name),
    };
  });

  const run = async (invocation: Invocation, requestId: string): Promise<InvocationResult> => {
    if (inWork >= reservedConcurrency) return throttled(requestId);
    inWork += 1;
    try {
      const { payload, traceId } = invocation;
      const invokedFunctionArn = functionArn(invocation, region);
      const result = await pool.run({ requestId, invokedFunctionArn, traceId, payload });
      return { status: 200, payload: result.payload, requestId, ...(result.failed && { functionError: "Unhandled" }) };
    } finally {
      inWork -= 1;
    }
  };
  return Object.assign(run, { close: () => pool.close() });
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
