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

async function all<Page, Item>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => readonly Item[] | undefined) {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export const LOOKUPS: Readonly<Record<LookupName, Lookup>> = {
  restApi: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetRestApis } = await sdk();
      const apis = await all(paginateGetRestApis({ client }, { limit }), ({ items }) => items);
      return apis.map((api) => listed(api.id, { name: api.name }, api, { root_resource_id: api.rootResourceId ?? "" }));
    },
  },
  apiKey: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetApiKeys } = await sdk();
      const keys = await all(paginateGetApiKeys({ client }, { limit }), ({ items }) => items);
      return keys.map((key) => listed(key.id, { name: key.name }, key));
    },
  },
  usagePlan: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetUsagePlans } = await sdk();
      const plans = await all(paginateGetUsagePlans({ client }, { limit }), ({ items }) => items);
      return plans.map((plan) => listed(plan.id, { name: plan.name }, plan));
    },
  },
  vpcLink: {
    criteria: ["name"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetVpcLinks } = await sdk();
      const links = await all(paginateGetVpcLinks({ client }, { limit }), ({ items }) => items);
      return links.map((link) => listed(link.id, { name: link.name }, link));
    },
  },
  clientCertificate: {
    criteria: ["description"],
    isPartOfApi: false,
    list: async (client) => {
      const { paginateGetClientCertificates } = await sdk();
      const found = await all(paginateGetClientCertificates({ client }, { limit }), ({ items }) => items);
      return found.map((it) => listed(it.clientCertificateId, { description: it.description }, it));
    },
  },
  resource: {
    criteria: ["parent_id", "path_part"],
    isPartOfApi: true,
    list: async (client, restApiId) => {
      const { paginateGetResources } = await sdk();
      const found = await all(paginateGetResources({ client }, { limit, restApiId }), ({ items }) => items);
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
