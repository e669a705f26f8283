import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionDefinition } from "../../definition/function";
import type { Host, Invocation, InvocationResult } from "../host/host";
import { functionArn } from "./function-arn";
import type { FunctionOverrides, FunctionsOptions } from "./functions-options";
import { RunningFunction } from "./running-function";

/** Lambda's longest timeout and largest memory, for functions of other stacks: their own are not known. */
const MAX_TIMEOUT_SECONDS = 900;
const MAX_MEMORY_MB = 10_240;

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
  /** Goes on with other code, settings or functions: what has changed runs in new processes, and requests in work are finished. */
  update(change: FunctionsChange): void;
  /** True while somebody debugs a function: nobody else should run out of time either. */
  isDebugged(): boolean;
  /** Opens the ports of inspected functions and starts their processes. */
  openDebuggers(): Promise<readonly DebuggerAddress[]>;
  /** Ends all processes and removes the unpacked code. */
  close(): Promise<void>;
}

/** What a change of a stack or of the local file may change. */
export type FunctionsChange = Pick<
  FunctionsOptions,
  "functions" | "stackFolder" | "environment" | "overrides" | "region"
>;

/** Runs the functions of a stack from the zips that would be deployed, each in processes of its own. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { log } = options;
  const target = mkdtempSync(join(tmpdir(), "headgate-"));
  const ending = new Set<RunningFunction>();
  const running = new Map<string, RunningFunction>();
  let { region } = options;

  const update = (change: FunctionsChange) => {
    const current = { ...options, ...change };
    const declared = new Map(allFunctions(current).map((fn) => [fn.name, { fn, options: current }]));
    region = change.region;
    for (const [name, fn] of running) {
      if (declared.has(name)) continue;
      running.delete(name);
      ending.add(fn);
      void fn.drain().then(() => ending.delete(fn));
    }
    for (const [name, version] of declared) {
      const known = running.get(name);
      if (known) known.replace(version);
      else running.set(name, new RunningFunction(version, target));
    }
  };
  update(options);

  return {
    async invoke(invocation) {
      const requestId = randomUUID();
      const fn = running.get(invocation.functionName);
      if (!fn) return notFound(invocation, region, requestId);
      if (invocation.type === "RequestResponse") return fn.run(invocation, requestId);
      fn.run(invocation, requestId).catch((error: unknown) => log?.(String(error), invocation.functionName));
      return { status: 202, payload: Buffer.alloc(0), requestId };
    },
    update,
    isDebugged: () => [...running.values()].some((fn) => fn.debugger?.isAttached()),
    async openDebuggers() {
      const addresses: DebuggerAddress[] = [];
      for (const [functionName, fn] of running) {
        if (!fn.debugger) continue;
        addresses.push({ functionName, address: `127.0.0.1:${await fn.debugger.listen()}` });
        fn.start();
      }
      return addresses;
    },
    async close() {
      await Promise.all([...running.values(), ...ending].map((fn) => fn.close()));
      rmSync(target, { recursive: true, force: true });
    },
  };
}

/** Those of the stack, and those of elsewhere that the local file runs. */
function allFunctions({ functions, overrides = {} }: FunctionsOptions): readonly FunctionDefinition[] {
  const elsewhere = Object.keys(overrides).filter((name) => !functions.some((fn) => fn.name === name));
  return [...functions, ...elsewhere.filter((name) => isRunnable(overrides[name])).map(functionOfElsewhere)];
}

/** Does the local file say how a function runs, whatever its runtime is? */
export function isRunnable(overrides: FunctionOverrides | undefined): boolean {
  return overrides?.url !== undefined || overrides?.command !== undefined;
}

function functionOfElsewhere(name: string): FunctionDefinition {
  const limits = { memorySizeMb: MAX_MEMORY_MB, timeoutSeconds: MAX_TIMEOUT_SECONDS };
  return { address: name, name, ...limits, environment: {}, aliases: [] };
}

function notFound(invocation: Invocation, region: string, requestId: string): InvocationResult {
  const payload = { Type: "User", Message: `Function not found: ${functionArn(invocation, region)}` };
  return { status: 404, payload: Buffer.from(JSON.stringify(payload)), requestId };
}
