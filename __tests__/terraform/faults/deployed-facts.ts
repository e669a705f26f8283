import type { JsonObject } from "../../../definition/json";
import { declaredDocument, declaredInventory, declaredResources } from "../../support/terraform/declared";
import type { Inventory } from "../../support/terraform/inventory";
import type { AwsClient } from "../../support/twin/client";
import { objectOr } from "../../support/twin/json-values";
import type { OrdersLane } from "./orders-lane";

/** What is there, as far as callers and owners care. */
export interface DeployedFacts {
  /** Names by kind; a second API of the same name stands here twice. */
  readonly objects: Inventory;
  /** The snapshot that the stage serves; absent when nothing is deployed. */
  readonly document?: JsonObject;
  /** Function → hash of the code that its alias shows. */
  readonly code: Readonly<Record<string, unknown>>;
  /** Function → how many statements let API Gateway call its alias. */
  readonly permissions: Readonly<Record<string, number>>;
}

/** What stands in the account of a lane. */
export async function deployedFacts(lane: OrdersLane): Promise<DeployedFacts> {
  const objects = await lane.found();
  const functions = objects.functions ?? [];
  const isDeployed = lane.harness.twin.apis().some(({ stages }) => stages.has("v1"));
  return {
    objects,
    ...(isDeployed ? { document: lane.harness.twin.deployed("orders-dev", "v1").document } : {}),
    code: await ofEach(functions, (name) => liveCode(lane.account, name)),
    permissions: await ofEach(functions, (name) => livePermissions(lane.account, name)),
  };
}

/** What a synthesized stack wants there to be; nothing without a folder. */
export function declaredFacts(folder: string | undefined): DeployedFacts {
  if (folder === undefined) return { objects: {}, code: {}, permissions: {} };
  const functions = declaredResources(folder, "aws_lambda_function");
  const named = <Value>(value: (resource: JsonObject) => Value) =>
    Object.fromEntries(functions.map((resource) => [String(resource.function_name), value(resource)]));
  return {
    objects: declaredInventory(folder),
    document: declaredDocument(folder),
    code: named(({ source_code_hash }) => source_code_hash),
    permissions: named(() => 1),
  };
}

async function ofEach<Value>(
  names: readonly string[],
  value: (name: string) => Promise<Value>,
): Promise<Record<string, Value>> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await value(name)] as const)));
}

async function liveCode(account: AwsClient, name: string): Promise<unknown> {
  const { body } = await account.rest("lambda", "GET", `/2015-03-31/functions/${name}?Qualifier=live`);
  return objectOr(body.Configuration).CodeSha256;
}

async function livePermissions(account: AwsClient, name: string): Promise<number> {
  const { body } = await account.rest("lambda", "GET", `/2015-03-31/functions/${name}/policy?Qualifier=live`);
  const { Statement: statements } = JSON.parse(String(body.Policy ?? "{}"));
  return Array.isArray(statements) ? statements.length : 0;
}
