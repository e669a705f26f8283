import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import type { StackDefinition } from "../../definition/stack";
import { childProgram } from "../child-program";
import { createQueues, sqsAt } from "./queues";
import type { ServicesReport, ServicesRequest } from "./services-protocol";
import { createTables, dynamodbAt } from "./tables";

/** What closing the tables may take. */
const STOP_MILLIS = 2000;

export const SERVICE_NAMES = ["dynamodb", "sqs", "sns", "s3"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Base URL by service. A service that nothing needs is absent. */
export type ServiceEndpoints = Readonly<Partial<Record<ServiceName, string>>>;

export interface ServicesOptions {
  readonly stack: Pick<StackDefinition, "region" | "tables" | "queues">;
  /**
   * Folder that keeps the tables over restarts.
   * @default - in memory
   */
  readonly dataFolder?: string;
  /** Services that run elsewhere: not started, and nothing is created there. */
  readonly endpoints?: ServiceEndpoints;
}

/** The services behind the API. */
export interface Services {
  readonly endpoints: ServiceEndpoints;
  close(): Promise<void>;
}

/**
 * Starts what the stack needs in one process of its own, so that neither a long scan nor a bug in there holds up the gateway,
 * and creates the tables and queues that the stack declares.
 *
 * @throws ConfigurationError DATA_FOLDER_UNUSABLE
 */
export async function startServices({ stack, dataFolder, endpoints = {} }: ServicesOptions): Promise<Services> {
  const { region, tables, queues } = stack;
  const needsDynamodb = tables.length > 0 && endpoints.dynamodb === undefined;
  const needsMessaging = queues.length > 0 && endpoints.sqs === undefined;
  if (!needsDynamodb && !needsMessaging) return { endpoints, close: async () => {} };

  const folder = dataFolder === undefined ? undefined : prepareFolder(dataFolder);
  const request = { region, dynamodb: needsDynamodb && { folder }, messaging: needsMessaging };
  const child = await startProcess(request);
  const ports = await firstReport(child, dataFolder);
  const dynamodb = urlOf(ports.dynamodbPort);
  const messaging = urlOf(ports.messagingPort);
  const stop = () => stopProcess(child);
  try {
    if (dynamodb !== undefined) await createTables(dynamodbAt(dynamodb, region), tables);
    if (messaging !== undefined) await createQueues(sqsAt(messaging, region), queues);
  } catch (error) {
    await stop();
    throw error;
  }
  const started = { dynamodb, sqs: messaging, sns: messaging, s3: messaging };
  return { endpoints: { ...withoutAbsent(started), ...endpoints }, close: stop };
}

async function startProcess(request: ServicesRequest): Promise<ChildProcess> {
  const program = await childProgram("services/services-process");
  return fork(program, [JSON.stringify(request)], {
    execArgv: [],
    env: { PATH: process.env.PATH, AWS_REGION: request.region, AWS_ACCOUNT_ID: "000000000000" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // Ctrl-C is for the gateway, which stops this process when its own work is done.
    detached: true,
  });
}

async function firstReport(child: ChildProcess, dataFolder: string | undefined) {
  const report = await new Promise<ServicesReport>((resolve) => {
    child.once("message", (message) => resolve(message as ServicesReport));
    child.once("exit", (status) => resolve({ error: `the services process ended with status ${status}` }));
  });
  if (!("error" in report)) return report;
  child.kill("SIGKILL");
  throw dataFolder === undefined ? new Error(report.error) : folderUnusable(dataFolder, report.error);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  if (child.connected) child.send("stop");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MILLIS);
  await gone;
  clearTimeout(timer);
}

function prepareFolder(dataFolder: string): string {
  const folder = join(dataFolder, "dynamodb");
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw folderUnusable(dataFolder, String(cause));
  }
  return folder;
}

function folderUnusable(dataFolder: string, reason: string): ConfigurationError {
  const fix = "name a folder that you may write to and that no other gateway uses";
  return new ConfigurationError("DATA_FOLDER_UNUSABLE", dataFolder, `tables cannot be kept here: ${reason}`, fix);
}

function urlOf(port: number | undefined): string | undefined {
  return port === undefined ? undefined : `http://127.0.0.1:${port}`;
}

function withoutAbsent(endpoints: Record<ServiceName, string | undefined>): ServiceEndpoints {
  return Object.fromEntries(Object.entries(endpoints).filter(([, url]) => url !== undefined));
}
