import { type ChildProcess, fork } from "node:child_process";
import { childProgram } from "../child-program";
import type { ServiceGroup, ServicesReport, ServicesRequest } from "./services-protocol";

/** A process that loads services, and starts them when it is asked. */
export interface ServicesProgram {
  /** Starts services; once only. */
  start(request: ServicesRequest): Promise<{ readonly child: ChildProcess; readonly report: ServicesReport }>;
}

/**
 * Begins to load services, which takes longer than anything else at start, before it is known what exactly a stack needs. A
 * program that is never asked ends with this process, and does not keep it from ending.
 */
export function loadServices(groups: readonly ServiceGroup[]): ServicesProgram {
  const child = fork(childProgram("local/services/services-process"), [JSON.stringify(groups)], {
    execArgv: [],
    env: { PATH: process.env.PATH, AWS_ACCOUNT_ID: "000000000000" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // Ctrl-C is for the gateway, which stops this process when its own work is done.
    detached: true,
  });
  child.unref();
  child.channel?.unref();
  return {
    start: async (request) => {
      child.ref();
      child.channel?.ref();
      return { child, report: await reportOf(child, request) };
    },
  };
}

function reportOf(child: ChildProcess, request: ServicesRequest): Promise<ServicesReport> {
  return new Promise((resolve) => {
    const ended = (status: number | null) => resolve({ error: `the services process ended with status ${status}` });
    child.once("message", (message) => resolve(message as ServicesReport));
    child.once("exit", ended);
    if (child.exitCode !== null || !child.connected) ended(child.exitCode);
    else child.send(request);
  });
}
