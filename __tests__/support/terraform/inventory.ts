import type { Json, JsonObject } from "../../../definition/json";
import { type AwsClient, awsClient } from "../twin/client";
import { objectOr } from "../twin/json-values";

/** Names of what is there in an account, by kind. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

type Listing = (client: AwsClient) => Promise<readonly string[]>;

const LISTINGS: Readonly<Record<string, Listing>> = {
  functions: async (client) =>
    names((await client.rest("lambda", "GET", "/2015-03-31/functions/")).body.Functions, "FunctionName"),
  roles: async (client) => xmlTexts((await client.query("iam", "ListRoles")).text, "RoleName"),
  tables: async (client) => names((await client.json("dynamodb", "DynamoDB_20120810.ListTables")).body.TableNames),
  buckets: async (client) => xmlTexts((await client.rest("s3", "GET", "/")).text, "Name"),
  topics: async (client) => xmlTexts((await client.query("sns", "ListTopics")).text, "TopicArn"),
  streams: async (client) => names((await client.json("kinesis", "Kinesis_20131202.ListStreams")).body.StreamNames),
  eventBuses: async (client) =>
    names((await client.json("events", "AWSEvents.ListEventBuses")).body.EventBuses, "Name"),
  userPools: async (client) =>
    names(
      (await client.json("cognito-idp", "AWSCognitoIdentityProviderService.ListUserPools", { MaxResults: 60 })).body
        .UserPools,
      "Name",
    ),
  queues: async (client) => names((await client.json("sqs", "AmazonSQS.ListQueues")).body.QueueUrls),
  logGroups: async (client) =>
    names((await client.json("logs", "Logs_20140328.DescribeLogGroups")).body.logGroups, "logGroupName"),
  apis: async (client) => names((await client.rest("apigateway", "GET", "/restapis")).body.item, "name"),
  apiKeys: async (client) => names((await client.rest("apigateway", "GET", "/apikeys")).body.item, "name"),
  usagePlans: async (client) => names((await client.rest("apigateway", "GET", "/usageplans")).body.item, "name"),
};

/** Asks moto what is there in an account and region. */
export async function inventory(motoUrl: string, account: string, region: string): Promise<Inventory> {
  const client = awsClient(motoUrl, { account, region });
  const entries = Object.entries(LISTINGS).map(async ([kind, list]) => [kind, [...(await list(client))].sort()]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Items of a list that are names, or have one under `key`. */
function names(list: Json | undefined, key?: string): string[] {
  const items: readonly Json[] = Array.isArray(list) ? list : [];
  return items.map((item) => String(key === undefined ? item : (objectOr(item) as JsonObject)[key]));
}

function xmlTexts(xml: string, element: string): string[] {
  return [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(([, text = ""]) => text);
}
