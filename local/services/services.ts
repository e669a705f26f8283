import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { makeFolder } from "../../definition/make-folder";
import type { StackDefinition } from "../../definition/stack";
import type { TableDefinition } from "../../definition/table";
import type { JsonService } from "./aws-json";
import { createQueues, sqsAt } from "./queues";
import { isSameTable, renewTable } from "./renew-table";
import { loadServices, type ServicesProgram } from "./services-program";
import { type ServicesReport, STOP } from "./services-protocol";
import { createTables, dynamodbAt } from "./tables";

/** What closing the tables may take. */
const STOP_MILLIS = 2000;

export const SERVICE_NAMES = ["dynamodb", "sqs", "sns", "s3"] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Base URL by service. A service that nothing needs is absent. */
export type ServiceEndpoints = Readonly<Partial<Record<ServiceName, string>>>;

/** What may change while services run. */
export interface ServicesNeeds {
  readonly stack: Pick<StackDefinition, "region" | "tables" | "queues">;
  /** Services that run elsewhere: not started, and nothing is created there. */
  readonly endpoints?: ServiceEndpoints;
}

export interface ServicesOptions extends ServicesNeeds {
  /**
   * Folder that keeps the tables over restarts.
   * @default - in memory
   */
  readonly dataFolder?: string;
  /** A program that has begun to load services. @default - it begins now */
  readonly loading?: ServicesProgram;
}

/** The services behind the API. */
export interface Services {
  /** Where they listen. */
  readonly endpoints: ServiceEndpoints;
  /**
   * Follows a stack that has changed: starts services that are needed now, creates what is new, and makes tables again whose
   * keys or indexes are others. What is no longer declared stays, with its data.
   *
   * @returns what became of data, for people to read
   */
  update(options: ServicesNeeds): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Starts what the stack needs in processes of their own, so that neither a long scan nor a bug in there holds up the gateway,
 * and creates the tables and queues that the stack declares.
 *
 * @throws ConfigurationError DATA_FOLDER_UNUSABLE
 */
export async function startServices({ dataFolder, loading, ...needs }: ServicesOptions): Promise<Services> {
  const services = new EmbeddedServices(dataFolder, loading);
  try {
    await services.update(needs);
  } catch (error) {
    await services.close();
    throw error;
  }
  return services;
}

class EmbeddedServices implements Services {
  private readonly processes: ChildProcess[] = [];
  private readonly tables = new Map<string, TableDefinition>();
  private started: ServiceEndpoints = {};
  private elsewhere: ServiceEndpoints = {};
  private followed: string | undefined;

  constructor(
    private readonly dataFolder: string | undefined,
    /** Serves the first start; services that are needed later have a process of their own. */
    private loading: ServicesProgram | undefined,
  ) {}

  get endpoints(): ServiceEndpoints {
    return { ...this.started, ...this.elsewhere };
  }

  async update({ stack, endpoints = {} }: ServicesNeeds): Promise<readonly string[]> {
    const { region, tables, queues } = stack;
    const needs = JSON.stringify([region, tables, queues, endpoints]);
    if (needs === this.followed) return [];
    const needsDynamodb = tables.length > 0 && endpoints.dynamodb === undefined;
    const needsMessaging = queues.length > 0 && endpoints.sqs === undefined;
    await this.start(region, {
      dynamodb: needsDynamodb && this.started.dynamodb === undefined,
      messaging: needsMessaging && this.started.sqs === undefined,
    });
    const { dynamodb, sqs } = this.started;
    const notes = needsDynamodb && dynamodb ? await this.updateTables(dynamodbAt(dynamodb, region), tables) : [];
    if (needsMessaging && sqs) await createQueues(sqsAt(sqs, region), queues);
    this.elsewhere = endpoints;
    this.followed = needs;
    return notes;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(stopProcess));
  }

  private async start(region: string, missing: Readonly<Record<"dynamodb" | "messaging", boolean>>): Promise<void> {
    if (!missing.dynamodb && !missing.messaging) return;
    const folder = this.dataFolder === undefined ? undefined : prepareFolder(this.dataFolder);
    const request = { region, dynamodb: missing.dynamodb && { folder }, messaging: missing.messaging };
    const program = this.loading ?? loadServices([]);
    this.loading = undefined;
    const { child, report } = await program.start(request);
    this.processes.push(child);
    const { dynamodbPort, messagingPort } = portsOf(report, child, this.dataFolder);
    const messaging = urlOf(messagingPort);
    const dynamodb = urlOf(dynamodbPort);
    this.started = { ...this.started, ...withoutAbsent({ dynamodb, sqs: messaging, sns: messaging, s3: messaging }) };
  }

  private async updateTables(dynamodb: JsonService, tables: readonly TableDefinition[]): Promise<readonly string[]> {
    await createTables(
      dynamodb,
      tables.filter(({ name }) => !this.tables.has(name)),
    );
    const notes: string[] = [];
    for (const table of tables) {
      const before = this.tables.get(table.name);
      if (before && !isSameTable(before, table))
        notes.push(renewedNote(table, await renewTable(dynamodb, before, table)));
      this.tables.set(table.name, table);
    }
    return notes;
  }
}

function renewedNote({ name }: TableDefinition, dropped: number): string {
  const items = dropped === 1 ? "1 item was" : `${dropped} items were`;
  const what = dropped === 0 ? "all items are kept" : `${items} dropped`;
  return `table ${name} has other keys or indexes and was made again: ${what}`;
}

function portsOf(report: ServicesReport, child: ChildProcess, dataFolder: string | undefined) {
  if (!("error" in report)) return report;
  child.kill("SIGKILL");
  throw dataFolder === undefined ? new Error(report.error) : folderUnusable(dataFolder, report.error);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  // It may be ending by itself, and take no message any more.
  child.once("error", () => child.kill("SIGKILL"));
  if (child.connected) child.send(STOP);
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MILLIS);
  await gone;
  clearTimeout(timer);
}

function prepareFolder(dataFolder: string): string {
  const folder = join(dataFolder, "dynamodb");
  try {
    makeFolder(folder);
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

function withoutAbsent(endpoints: Readonly<Record<ServiceName, string | undefined>>): ServiceEndpoints {
  return Object.fromEntries(Object.entries(endpoints).filter(([, url]) => url !== undefined));
}
