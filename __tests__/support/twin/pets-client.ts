import type { Json, JsonObject } from "../../../definition/json";
import { type AwsResponse, awsClient } from "./client";

/** What tests of the twin do again and again: an API called "pets", imported and deployed. */
export interface PetsClient {
  send(method: string, path: string, body?: JsonObject): Promise<AwsResponse>;
  createApi(properties?: JsonObject): Promise<{ readonly id: string }>;
  importDocument(id: string, document: JsonObject, query?: string): Promise<AwsResponse>;
  /** Puts a new deployment on a new stage; answers the deployment's id. */
  deploy(id: string, stageName: string): Promise<string>;
  /** An API with these stages; answers its id. */
  createDeployedApi(...stageNames: readonly string[]): Promise<string>;
}

/** A client of the twin at this URL. */
export function petsClient(url: string): PetsClient {
  const send: PetsClient["send"] = (method, path, body) => awsClient(url).rest("apigateway", method, path, body);
  const createApi: PetsClient["createApi"] = async (properties = {}) => {
    const { body } = await send("POST", "/restapis", { name: "pets", ...properties });
    return { id: String(body.id) };
  };
  const importDocument: PetsClient["importDocument"] = (id, document, query = "mode=overwrite&failonwarnings=true") =>
    send("PUT", `/restapis/${id}?${query}`, document);
  const deploy: PetsClient["deploy"] = async (id, stageName) => {
    const { body } = await send("POST", `/restapis/${id}/deployments`, {});
    await send("POST", `/restapis/${id}/stages`, { stageName, deploymentId: String(body.id) });
    return String(body.id);
  };
  return {
    send,
    createApi,
    importDocument,
    deploy,
    createDeployedApi: async (...stageNames) => {
      const { id } = await createApi();
      await importDocument(id, documentOf({ "/pets": get() }));
      for (const stageName of stageNames) await deploy(id, stageName);
      return id;
    },
  };
}

/** What every operation of a document needs. */
export const RESPONSES: JsonObject = { "200": { description: "OK" } };

/** A document with these paths. */
export function documentOf(paths: JsonObject): JsonObject {
  return { openapi: "3.0.1", info: { title: "pets", version: "1" }, paths };
}

/** A path item with one GET, answered by a mock. */
export function get(pathParameter?: string): JsonObject {
  const parameters: Json[] = pathParameter ? [{ name: pathParameter, in: "path", required: true }] : [];
  return { get: { parameters, responses: RESPONSES, "x-amazon-apigateway-integration": { type: "mock" } } };
}
