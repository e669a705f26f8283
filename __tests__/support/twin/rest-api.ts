import type { JsonObject } from "../../../definition/json";
import { notFound } from "./http";
import { withoutUndefined } from "./json-values";
import type { ResourceTree } from "./resource-tree";
import type { StageRecord } from "./stage";

/** Literal properties of an API as GetRestApi answers them; `policy` is plain JSON here and quoted on the wire. */
export interface RestApiProperties {
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly policy?: string;
  readonly binaryMediaTypes: readonly string[];
  readonly minimumCompressionSize?: number;
  readonly apiKeySource: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly endpointConfiguration: {
    readonly types: readonly string[];
    readonly vpcEndpointIds: readonly string[];
    readonly ipAddressType: string;
  };
  readonly tags: Readonly<Record<string, string>>;
}

/** A deployment: a deep copy of the API at one moment. */
export interface DeploymentRecord {
  readonly id: string;
  readonly createdDate: number;
  readonly description?: string;
  readonly snapshot: Snapshot;
}

/** What a deployment froze. */
export interface Snapshot {
  readonly properties: RestApiProperties;
  /** The imported document; for an API without import, its `resources`, `models` … as the control plane lists them. */
  readonly document: JsonObject;
}

/** One API with what hangs on it. */
export interface RestApiRecord {
  readonly id: string;
  readonly region: string;
  readonly rootResourceId: string;
  readonly createdDate: number;
  /** What an API without a document consists of. */
  readonly resources: ResourceTree;
  properties: RestApiProperties;
  /** Absent until the first import. */
  document?: JsonObject;
  readonly deployments: Map<string, DeploymentRecord>;
  readonly stages: Map<string, StageRecord>;
}

/** The APIs that were created through the twin, by id (ids are unique across accounts). */
export class RestApis {
  readonly #apis = new Map<string, RestApiRecord>();

  add(api: RestApiRecord): void {
    this.#apis.set(api.id, api);
  }

  get(id: string): RestApiRecord {
    const api = this.#apis.get(id);
    if (!api) throw notFound("Invalid API identifier specified");
    return api;
  }

  delete(id: string): void {
    this.#apis.delete(id);
  }

  all(): readonly RestApiRecord[] {
    return [...this.#apis.values()];
  }
}

/** GetRestApi's answer. The policy is JSON inside a string whose quotes are escaped once more, as AWS sends it. */
export function describeRestApi(api: RestApiRecord): JsonObject {
  const { policy, tags, ...properties } = structuredClone(api.properties);
  return {
    id: api.id,
    createdDate: api.createdDate,
    rootResourceId: api.rootResourceId,
    ...withoutUndefined(properties),
    ...(policy === undefined ? {} : { policy: JSON.stringify(policy).slice(1, -1) }),
    tags,
  };
}
