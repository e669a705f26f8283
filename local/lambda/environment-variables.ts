import { randomUUID } from "node:crypto";
import { delimiter, dirname, join } from "node:path";
import type { FunctionDefinition } from "../../definition/function";
import { nodeMajorOf } from "./node-runtime";

export interface EnvironmentVariablesOptions {
  readonly fn: FunctionDefinition;
  readonly region: string;
  readonly taskRoot: string;
  /** Folder that plays `/opt`. @default - the function has no layers here */
  readonly layersFolder?: string;
  /** For every function: endpoints, credentials. */
  readonly shared: Readonly<Record<string, string>>;
  /** For this function, from the local file; wins over what is deployed. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly now: number;
}

/**
 * All that a function finds in `process.env`, and nothing of the gateway's own.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(options: EnvironmentVariablesOptions): Record<string, string> {
  const { fn, region, taskRoot, layersFolder, shared, overrides, now } = options;
  const date = new Date(now).toISOString().slice(0, 10).replaceAll("-", "/");
  return {
    AWS_ACCESS_KEY_ID: "headgate",
    AWS_SECRET_ACCESS_KEY: "headgate",
    AWS_SESSION_TOKEN: "headgate",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    // The SDK would say at every start that the local Node.js is old.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    ...systemVariables(),
    ...(layersFolder !== undefined && layerVariables(fn, layersFolder)),
    ...shared,
    ...withLocalQueues(fn.environment, shared.AWS_ENDPOINT_URL_SQS),
    ...overrides,
    _HANDLER: fn.handler ?? "",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime ?? `nodejs${process.versions.node.split(".")[0]}.x`}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: fn.jsonLog ? "JSON" : "Text",
    ...(fn.jsonLog?.applicationLogLevel && { AWS_LAMBDA_LOG_LEVEL: fn.jsonLog.applicationLogLevel }),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${date}/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
  };
}

/**
 * Where programs, libraries and modules of layers are found. `/opt` itself may not be written on a developer's machine, so that its
 * place has a variable of its own.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
 */
function layerVariables(fn: FunctionDefinition, opt: string): Record<string, string> {
  const major = nodeMajorOf(fn) ?? Number.parseInt(process.versions.node, 10);
  const modules = [`nodejs/node${major}/node_modules`, "nodejs/node_modules"];
  return {
    HEADGATE_OPT: opt,
    PATH: [join(opt, "bin"), dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    LD_LIBRARY_PATH: join(opt, "lib"),
    NODE_PATH: modules.map((path) => join(opt, path)).join(delimiter),
    PYTHONPATH: join(opt, "python"),
  };
}

const QUEUE_URL = /^https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//;

/** The AWS SDK takes the host of a queue's URL for its endpoint, whatever the variable for the endpoint says. */
function withLocalQueues(variables: FunctionDefinition["environment"], sqs: string | undefined) {
  if (sqs === undefined) return variables;
  const entries = Object.entries(variables).map(([name, value]) => [name, value.replace(QUEUE_URL, `${sqs}/`)]);
  return Object.fromEntries(entries);
}

/** Windows starts no process without this one. */
function systemVariables(): Record<string, string> {
  const { SystemRoot } = process.env;
  return SystemRoot === undefined ? {} : { SystemRoot };
}
