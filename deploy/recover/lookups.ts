import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { JsonObject } from "../../definition/json";
import { OWNER_TAG } from "../../definition/owner-tag";
import { present } from "../../definition/present";

/** An object in the account whose id AWS has minted. */
export interface Listed {
  readonly id: string;
  /** Arguments of Terraform, by which it is found. */
  readonly arguments: Readonly<Record<string, string | undefined>>;
  /** Value of the owner tag; absent if it has none. */
  readonly owner?: string;
  /** ISO 8601; absent for kinds that do not say it. */
  readonly createdAt?: string;
  /** Attributes that other resources refer to, besides `id`. */
  readonly attributes: JsonObject;
  /**
   * Type and id of what must be in the state for it to be imported. Terraform does not know the order of what it imports
   * together, and would delete a snapshot before it has moved the stage.
   */
  readonly servedBy?: readonly string[];
}

/** How the objects of one kind are found. */
export interface Lookup {
  /** Arguments that must be the same. */
  readonly criteria: readonly string[];
  /** True for parts of one API; their import id begins with the API's. */
  readonly isPartOfApi: boolean;
  /** All objects of the kind, or those of one API. */
  readonly list: (client: APIGatewayClient, restApiId: string) => Promise<readonly Listed[]>;
}

/** Kinds of objects with a lookup. */
export type LookupName =
  | "apiKey"
  | "authorizer"
  | "clientCertificate"
  | "deployment"
  | "requestValidator"
  | "resource"
  | "restApi"
  | "usagePlan"
  | "vpcLink";

const sdk = () => import("@aws-sdk/client-api-gateway");
/** The most that AWS lists at once. */
const limit = 500;

interface Described {
  readonly tags?: Record<string, string> | undefined;
  readonly createdDate?: Date | undefined;
}

function listed(
  id: string | undefined,
  facts: Listed["arguments"],
  { tags, createdDate }: Described = {},
  attributes: JsonObject = {},
): Listed {
  const known = present({ owner: tags?.[OWNER_TAG], createdAt: createdDate?.toISOString() });
  return { ...known, id: id ?? "", arguments: facts, attributes };
}

async function all<Item>(pages: AsyncIterable<{ readonly items?: readonly Item[] | undefined }>) {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(page.items ?? []));
  return items;
}

interface Named extends Described {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

async function named(pages: AsyncIterable<{ readonly items?: readonly Named[] | undefined }>) {
  return (await all(pages)).map((object) => listed(object.id, { name: object.name }, object));
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export const LOOKUPS: Readonly<Record<LookupName, Lookup>> = {
  restApi: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetRestApis } = await sdk();
      const apis = await all(paginateGetRestApis({ client }, { limit }));
      return apis.map((api) => listed(api.id, { name: api.name }, api, { root_resource_id: api.rootResourceId ?? "" }));
    },
  },
  apiKey: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetApiKeys } = await sdk();
      return named(paginateGetApiKeys({ client }, { limit }));
    },
  },
  usagePlan: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetUsagePlans } = await sdk();
      return named(paginateGetUsagePlans({ client }, { limit }));
    },
  },
  vpcLink: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetVpcLinks } = await sdk();
      return named(paginateGetVpcLinks({ client }, { limit }));
    },
  },
  clientCertificate: {
    criteria: ["description"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetClientCertificates } = await sdk();
      const found = await all(paginateGetClientCertificates({ client }, { limit }));
      return found.map((it) => listed(it.clientCertificateId, { description: it.description }, it));
    },
  },
  deployment: {
    criteria: ["description"],
    isPartOfApi: true,
    list: async (client, restApiId) => {
      const { GetStagesCommand, paginateGetDeployments } = await sdk();
      const found = await all(paginateGetDeployments({ client }, { limit, restApiId }));
      const { item: stages = [] } = await client.send(new GetStagesCommand({ restApiId }));
      const serves = (id?: string) =>
        stages.filter((it) => [it.deploymentId, it.canarySettings?.deploymentId].includes(id));
      return found.map((it) => ({
        ...listed(it.id, { description: it.description }, it),
        servedBy: serves(it.id).map(({ stageName }) => `aws_api_gateway_stage ags-${restApiId}-${stageName}`),
      }));
    },
  },
  resource: {
    criteria: ["parent_id", "path_part"],
    isPartOfApi: true,
    list: async (client, restApiId) => {
      const { paginateGetResources } = await sdk();
      const found = await all(paginateGetResources({ client }, { limit, restApiId }));
      return found.map(({ id, parentId, pathPart }) => listed(id, { parent_id: parentId, path_part: pathPart }));
    },
  },
  requestValidator: {
    criteria: ["name"],
    isPartOfApi: true,
    list: async (client, restApiId) => {
      const { GetRequestValidatorsCommand } = await sdk();
      const { items = [] } = await client.send(new GetRequestValidatorsCommand({ restApiId, limit }));
      return items.map(({ id, name }) => listed(id, { name }));
    },
  },
  authorizer: {
    criteria: ["name"],
    isPartOfApi: true,
    list: async (client, restApiId) => {
      const { GetAuthorizersCommand } = await sdk();
      const { items = [] } = await client.send(new GetAuthorizersCommand({ restApiId, limit }));
      return items.map(({ id, name }) => listed(id, { name }));
    },
  },
};
