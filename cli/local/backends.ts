import type { StackDefinition } from "../../definition/stack";
import type { LocalConfig } from "../../local/config";
import type { Host } from "../../local/host/host";
import { createNodeHost } from "../../local/host/node-host";
import { createFunctions, type DebuggerAddress, type Functions } from "../../local/lambda/functions";
import type { Log } from "../../local/log/entry";
import { seedTables } from "../../local/services/seed";
import { type ServiceEndpoints, type Services, startServices } from "../../local/services/services";
import type { ServicesProgram } from "../../local/services/services-program";
import { dynamodbAt } from "../../local/services/tables";
import type { Closers } from "./closers";
import { Upstreams } from "./upstreams";

/** What is served: all that may change while a gateway runs. */
export interface ServedVersion {
  readonly stack: StackDefinition;
  /** Folder of the stack's `cdk.tf.json`. */
  readonly stackFolder: string;
  readonly config: LocalConfig;
}

export interface BackendsOptions {
  readonly projectRoot: string;
  /** Folder that keeps the tables. @default - in memory */
  readonly dataFolder?: string;
  /** A program that has begun to load services. @default - it begins now */
  readonly services?: ServicesProgram;
  /** Names of functions that run with the inspector. */
  readonly inspected: readonly string[];
  readonly log: Log;
}

/** What stands behind an API: services with their data, functions, and upstreams that stand for existing backends. */
export class Backends {
  private readonly seeded = new Set<string>();

  private constructor(
    private readonly options: BackendsOptions,
    private readonly services: Services,
    private readonly upstreams: Upstreams,
    private readonly functions: Functions,
  ) {}

  /**
   * @param closers learns how to end each part as soon as it runs
   * @throws ConfigurationError those of the parts
   */
  static async start(version: ServedVersion, options: BackendsOptions, closers: Closers): Promise<Backends> {
    const { projectRoot, dataFolder, inspected, log, services: loading } = options;
    const { stack, config } = version;
    const services = closers.add(await startServices({ stack, dataFolder, endpoints: config.endpoints, loading }));
    const upstreams = closers.add(new Upstreams(projectRoot));
    const functions = closers.add(
      createFunctions({
        ...functionsOf(version, services.endpoints),
        projectRoot,
        inspected,
        log: (line, functionName) => log({ kind: "function", functionName, line }),
      }),
    );
    return new Backends(options, services, upstreams, functions);
  }

  get endpoints(): ServiceEndpoints {
    return this.services.endpoints;
  }

  /**
   * Makes ready what a version needs beside what runs.
   *
   * @returns its world, and what became of data, for people to read
   * @throws ConfigurationError UPSTREAM_FOLDER_MISSING and those of services and seeds
   */
  async prepare(version: ServedVersion): Promise<{ readonly host: Host; readonly notes: readonly string[] }> {
    const { stack, config } = version;
    const notes = await this.services.update({ stack, endpoints: config.endpoints });
    await this.seed(version);
    const origins = await this.upstreams.urlsOf(config);
    const { log } = this.options;
    const host = createNodeHost({ origins, serviceEndpoints: this.endpoints, ...this.functions, log });
    return { host, notes };
  }

  /** Lets functions follow a version; ends what it has no use for when nobody waits for it. */
  follow(version: ServedVersion): void {
    this.functions.update(functionsOf(version, this.endpoints));
    void this.upstreams.keepOnly(version.config);
  }

  /** Opens the ports of functions that are inspected. */
  openDebuggers(): Promise<readonly DebuggerAddress[]> {
    return this.functions.openDebuggers();
  }

  /**
   * Fills the tables that have not been filled yet. Seeds of tables that this stack does not have may belong to another one;
   * `unusedSettings` names them.
   *
   * @param isAgain true writes all items over those that are there
   */
  async seed({ stack, config }: ServedVersion, isAgain = false): Promise<void> {
    const { dynamodb } = this.endpoints;
    const own = Object.entries(config.seed).filter(
      ([table, file]) =>
        stack.tables.some(({ name }) => name === table) && (isAgain || !this.seeded.has(`${table} ${file}`)),
    );
    if (own.length === 0 || dynamodb === undefined) return;
    const { projectRoot } = this.options;
    await seedTables(dynamodbAt(dynamodb, stack.region), Object.fromEntries(own), projectRoot, isAgain);
    for (const [table, file] of own) this.seeded.add(`${table} ${file}`);
  }
}

function functionsOf({ stack, stackFolder, config }: ServedVersion, endpoints: ServiceEndpoints) {
  return {
    functions: stack.functions,
    stackFolder,
    environment: endpointVariables(endpoints),
    overrides: config.functions,
    region: stack.region,
  };
}

/** Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointVariables(endpoints: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const variables = Object.entries(endpoints).map(([service, url]) => [
    `AWS_ENDPOINT_URL_${service.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`,
    url ?? "",
  ]);
  return Object.fromEntries(variables);
}
