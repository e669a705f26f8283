import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject } from "ajv";
import { ConfigurationError } from "../definition/configuration-error";
import type { LocalIdentity } from "./auth/identities";

/** Name of the file in the project root that says what differs on localhost. */
export const LOCAL_CONFIG_FILE = "headgate.local.json";

/** A backend of an origin: a URL, or a folder with a small upstream that is started too. */
export type LocalOrigin = string | { readonly folder: string };

/** A function on localhost. One that is no Node.js zip needs a `url` or a `command`. */
export interface LocalFunction {
  /** Variables that win over those that are deployed. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it runs already: a runtime interface emulator, or the whole URL of an Invoke API. */
  readonly url?: string;
  /** Program that runs it, started in the project root: it speaks Lambda's Runtime API. */
  readonly command?: string;
}

/** Where requests come from, as policies and functions see it. */
export interface RequestOrigin {
  readonly sourceIp?: string;
  readonly sourceVpc?: string;
  readonly sourceVpce?: string;
}

/** A user pool that exists. */
export interface RealUserPool {
  /** As in `eu-central-1_a1B2c3D4e`. Default: the name below which it is declared. */
  readonly id?: string;
  /** File, relative to the project root, or URL of its keys. Default: where Cognito publishes them. */
  readonly jwks?: string;
}

/** What differs on localhost. */
export interface LocalConfig {
  /** Stack to serve. Default: the only one with an API. */
  readonly stack?: string;
  /** Origin that integrations call → what answers instead. */
  readonly origins: Readonly<Record<string, LocalOrigin>>;
  /** API key name → value. Default: `headgate-local-<name>`. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Service → URL to use instead of the embedded one. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Function name → what differs. */
  readonly functions: Readonly<Record<string, LocalFunction>>;
  /** Access key id → who signs requests with it. The functions of the gateway have credentials of their own. */
  readonly identities: Readonly<Record<string, LocalIdentity>>;
  /** Where all requests seem to come from. Default: the address of whoever calls, through no VPC. */
  readonly request: RequestOrigin;
  /** Id of a user pool, or what stands behind the region in it → the real pool whose tokens count too. */
  readonly userPools: Readonly<Record<string, RealUserPool>>;
  /** Table name → file with a JSON array of items, relative to the project root. */
  readonly seed: Readonly<Record<string, string>>;
}

const text = { type: "string", minLength: 1 } as const;
const url = { type: "string", pattern: "^https?://[^\\s/]" } as const;
const resources = { type: "array", items: { type: "string", pattern: "^(\\*|execute-api:/|arn:)" } } as const;
const mapOf = (values: object) => ({ type: "object", additionalProperties: values, default: {} }) as const;

const SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    stack: text,
    origins: {
      ...mapOf({
        anyOf: [
          { type: "object", additionalProperties: false, required: ["folder"], properties: { folder: text } },
          url,
        ],
      }),
      propertyNames: { pattern: "^https?://[^\\s/]+$" },
    },
    apiKeys: mapOf(text),
    endpoints: mapOf(url),
    functions: mapOf({
      type: "object",
      additionalProperties: false,
      properties: { environment: mapOf({ type: "string" }), url, command: text },
      not: { required: ["url", "command"] },
    }),
    identities: mapOf({
      type: "object",
      additionalProperties: false,
      required: ["secretAccessKey"],
      properties: {
        secretAccessKey: text,
        sessionToken: text,
        arn: { type: "string", pattern: "^arn:[^:]+:(iam|sts)::\\d{12}:[^$]+$" },
        allow: resources,
        deny: resources,
        invalidateCache: resources,
        tags: { type: "object", additionalProperties: { type: "string" } },
        organizationId: { type: "string", pattern: "^o-[a-z0-9]{10,32}$" },
      },
    }),
    request: {
      type: "object",
      additionalProperties: false,
      default: {},
      properties: {
        sourceIp: { type: "string", pattern: "^[0-9a-fA-F.:]+$" },
        sourceVpc: { type: "string", pattern: "^vpc-" },
        sourceVpce: { type: "string", pattern: "^vpce-" },
      },
    },
    userPools: mapOf({
      type: "object",
      additionalProperties: false,
      minProperties: 1,
      properties: { id: { type: "string", pattern: "^[a-z0-9-]+_[A-Za-z0-9]+$" }, jwks: text },
    }),
    seed: mapOf(text),
  },
} as const;

const validate = new Ajv({ useDefaults: true }).compile<LocalConfig>(SCHEMA);

/**
 * Reads `headgate.local.json` of a project; without the file everything has its default.
 *
 * @throws ConfigurationError `LOCAL_CONFIG_NOT_JSON`, `LOCAL_CONFIG_INVALID`
 */
export function readLocalConfig(projectRoot: string): LocalConfig {
  const config = parse(readIfThere(join(projectRoot, LOCAL_CONFIG_FILE)));
  if (validate(config)) return config;
  throw invalid(mostTelling(validate.errors ?? []));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "{}";
    throw error;
  }
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new ConfigurationError(
      "LOCAL_CONFIG_NOT_JSON",
      LOCAL_CONFIG_FILE,
      `the file is no JSON: ${error instanceof Error ? error.message : error}`,
      "correct the JSON; comments and trailing commas are not allowed",
      { cause: error },
    );
  }
}

/** What to write in place of what does not match, by the end of the key. */
const PATTERN_FIXES: Readonly<Record<string, string>> = {
  "/organizationId": 'write the id of an organization, as in "o-a1b2c3d4e5"',
  "/sourceIp": "write one IP address",
  "/sourceVpc": 'write the id of a VPC, as in "vpc-0a1b2c3d"',
  "/sourceVpce": 'write the id of a VPC endpoint, as in "vpce-0a1b2c3d"',
  "/id": 'write the id of a user pool, as in "eu-central-1_a1B2c3D4e"',
};

/** What to do, by the keyword of the schema that failed. */
const FIXES: Readonly<Record<string, (params: ErrorObject["params"], key: string) => string>> = {
  additionalProperties: (_, key) =>
    key === "" ? `use ${Object.keys(SCHEMA.properties).join(", ")}` : "remove the key, or correct its name",
  required: ({ missingProperty }) => `add "${missingProperty}"`,
  pattern: (_, key) => {
    const ownFix = Object.entries(PATTERN_FIXES).find(([ending]) => key.endsWith(ending))?.[1];
    if (ownFix !== undefined) return ownFix;
    if (key.endsWith("/arn")) return 'write an ARN, as in "arn:aws:iam::000000000000:user/ann"';
    if (key.startsWith("/identities")) return 'write resources as in "execute-api:/v1/GET/orders/*"';
    return key.startsWith("/origins")
      ? 'write origins as "https://host" without a path, and what answers instead as a URL or { "folder": … }'
      : 'write a URL, as in "http://127.0.0.1:8000"';
  },
  type: ({ type }) => `write ${["array", "object"].includes(type) ? `an ${type}` : `a ${type}`}`,
  not: () => 'keep "url" for a function that runs already, or "command" for one that is to be started',
  minProperties: () => 'write "id", "jwks" or both',
  minLength: () => "write a text that is not empty",
};

/** Where there are alternatives, each has failed; the one that got furthest says what is wrong. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const [first] = errors.filter(({ keyword }) => !["anyOf", "propertyNames", "type"].includes(keyword));
  return first ?? errors[0];
}

function invalid(error: ErrorObject | undefined): ConfigurationError {
  const { instancePath = "", keyword = "", params = {}, message = "is not valid", propertyName } = error ?? {};
  const name = propertyName === undefined ? "" : ` ("${propertyName}")`;
  const isUnknownKey = keyword === "additionalProperties";
  const subject = instancePath === "" ? "the file" : `"${readable(instancePath)}"`;
  return new ConfigurationError(
    "LOCAL_CONFIG_INVALID",
    LOCAL_CONFIG_FILE,
    isUnknownKey ? `${subject} has the unknown key "${params.additionalProperty}"` : `${subject} ${message}${name}`,
    FIXES[keyword]?.(params, instancePath) ?? "see the description of the file in the documentation",
  );
}

/** A JSON pointer as people write it: `origins.https://rates.example.com`. */
function readable(pointer: string): string {
  return pointer.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
}
