import type { JsonObject } from "../../../definition/json";
import type { Call } from "./call-log";
import type { Answer } from "./http";
import { isObject, objectOr, text } from "./json-values";

/** Turns moto's answer into AWS's where moto forgets or rewrites what was sent. */
export type Repair = (call: Call, answer: JsonObject) => JsonObject;

/** Repairs by service and operation. One table a twin, because some of them remember. */
export function motoRepairs(): Readonly<Record<string, Repair>> {
  const functions = rememberForgotten();
  return {
    "lambda CreateFunction": functions.created,
    "lambda UpdateFunctionConfiguration": functions.updated,
    "lambda UpdateFunctionCode": functions.read,
    "lambda PublishVersion": functions.published,
    "lambda GetFunctionConfiguration": functions.read,
    "lambda GetFunction": (call, answer) => ({
      ...answer,
      Configuration: functions.read(call, objectOr(answer.Configuration)),
    }),
    "sqs GetQueueAttributes": (_call, answer) => ({ ...answer, Attributes: compactJson(objectOr(answer.Attributes)) }),
  };
}

/** The answer with its repair applied; errors and what is no JSON object stay as they are. */
export function repaired(repairs: Readonly<Record<string, Repair>>, call: Call, answer: Answer): Answer {
  const repair = repairs[`${call.service} ${call.operation}`];
  if (!repair || answer.status >= 300) return answer;
  const body = JSON.parse(answer.body.toString());
  return isObject(body) ? { ...answer, body: Buffer.from(JSON.stringify(repair(call, body))) } : answer;
}

/** What moto forgets of a function, or of its updates. */
const FORGOTTEN: readonly string[] = ["EphemeralStorage", "LoggingConfig", "TracingConfig"];

/** Each version keeps what it was published with. Source: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
function rememberForgotten(): Readonly<Record<"created" | "updated" | "published" | "read", Repair>> {
  const byArn = new Map<string, JsonObject>();
  const read: Repair = (_call, configuration) => {
    const arn = unqualified(configuration);
    const { LoggingConfig, ...kept } = byArn.get(`${arn}:${configuration.Version}`) ?? byArn.get(arn) ?? {};
    const LogGroup = `/aws/lambda/${configuration.FunctionName}`;
    return { ...configuration, ...kept, LoggingConfig: { LogFormat: "Text", LogGroup, ...objectOr(LoggingConfig) } };
  };
  const remember = (key: string, { parameters }: Call, before: JsonObject = {}) => {
    const sent = Object.entries(parameters).filter(([name]) => FORGOTTEN.includes(name));
    byArn.set(key, { ...before, ...Object.fromEntries(sent) });
  };
  return {
    read,
    created: (call, configuration) => {
      const arn = unqualified(configuration);
      for (const key of [arn, `${arn}:1`]) remember(key, call);
      return read(call, configuration);
    },
    updated: (call, configuration) => {
      const arn = unqualified(configuration);
      remember(arn, call, byArn.get(arn));
      return read(call, configuration);
    },
    published: (call, configuration) => {
      const arn = unqualified(configuration);
      const key = `${arn}:${configuration.Version}`;
      if (!byArn.has(key)) byArn.set(key, byArn.get(arn) ?? {});
      return read(call, configuration);
    },
  };
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, without version. */
function unqualified({ FunctionArn }: JsonObject): string {
  return (text(FunctionArn) ?? "").split(":").slice(0, 7).join(":");
}

/** moto writes policies with blanks; AWS without. */
function compactJson(attributes: JsonObject): JsonObject {
  const entries = Object.entries(attributes).map(([name, value]) => {
    const isPolicy = name.endsWith("Policy") && typeof value === "string" && value !== "";
    return [name, isPolicy ? JSON.stringify(JSON.parse(value)) : value];
  });
  return Object.fromEntries(entries);
}
