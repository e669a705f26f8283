import { effectiveSettings } from "../../definition/effective-settings";
import type { Json, JsonObject } from "../../definition/json";
import { resolvedGatewayResponses } from "../../definition/resolved-gateway-responses";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { StackDefinition } from "../../definition/stack";
import { readStackJson } from "../../definition/terraform/read-stack";
import { createGateway } from "../../local/pipeline";
import { EMISSIONS, type EmissionName } from "../../modules/rest-api/emission/emission";
import { trustOf } from "./callers";
import { CaseWorld } from "./case-world";
import { type CaseStep, type ConformanceCase, type Expectations, stepsOf } from "./conformance-case";
import { executionLogProblems } from "./execution-log-problems";
import { differences } from "./matchers";
import { filled, type PlaceholderValues } from "./placeholders";
import { refusalProblems } from "./refusals";
import { responseProblems, someProblems, worldProblems } from "./response-problems";
import { type Received, send, test } from "./send";
import { terraformOf } from "./terraform-of";

/** What is wrong with a case, in each emission; nothing when it passes. */
export async function caseProblems(given: ConformanceCase): Promise<readonly string[]> {
  const problems = await Promise.all(
    EMISSIONS.map(async (emission) =>
      (await emissionProblems(given, emission).catch((error: unknown) => [described(error)])).map(
        (problem) => `${emission}: ${problem}`,
      ),
    ),
  );
  return problems.flat();
}

async function emissionProblems(given: ConformanceCase, emission: EmissionName): Promise<readonly string[]> {
  if (given.expect?.configError) return refusalProblems(given, given.expect.configError, emission);
  const stack = await readStackJson(terraformOf(filled(given), emission), `conformance-${given.id}`);
  const [deployed] = stack.apis;
  if (!deployed) throw new Error("no API was read back");
  const values = { apiId: deployed.id, host: `${deployed.id}.execute-api.${stack.region}.amazonaws.com` };
  const world = new CaseWorld(filled(given, values), deployed.id);
  const gateway = createGateway({ stacks: [stack], host: world.host, trust: trustOf(given) });
  const problems: string[] = [];
  for (const step of stepsOf(given)) {
    if (isAboutDefinition(step.expect)) {
      problems.push(...definitionProblems(stack, given, step.expect, values));
      continue;
    }
    world.backends = { ...world.backends, ...filled(step.backend ?? {}, values) };
    const run = () =>
      step.request.testInvoke
        ? test(gateway, step.request, given.api, values)
        : send(gateway, step.request, given.api.stage, values);
    const received = await repeated(step, run);
    const found = [
      ...received.flatMap((each) => responseProblems(each, step.expect, values)),
      ...received.flatMap(({ log = world.executionLog }) => executionLogProblems(log, step.expect, values)),
      ...someProblems(received, step.expect, values),
      ...worldProblems(world, step.expect, values),
    ];
    problems.push(...found.map((problem) => (step.label === undefined ? problem : `${step.label}: ${problem}`)));
  }
  return problems;
}

async function repeated(step: CaseStep, run: () => Promise<Received>): Promise<readonly Received[]> {
  const times = step.repeat ?? step.request.repeat ?? 1;
  if (step.concurrent ?? step.request.concurrent) return Promise.all(Array.from({ length: times }, run));
  const received: Received[] = [];
  while (received.length < times) received.push(await run());
  return received;
}

function isAboutDefinition(expected: Expectations): boolean {
  const { configValid, resolvedGatewayResponses: responses, resolvedIntegration, resolvedMethodSettings } = expected;
  return [configValid, responses, resolvedIntegration, resolvedMethodSettings].some((each) => each !== undefined);
}

function definitionProblems(
  stack: StackDefinition,
  { api, request }: ConformanceCase,
  expected: Expectations,
  values: PlaceholderValues,
): readonly string[] {
  const definition = stack.apis[0]?.api;
  const stage = stack.apis[0]?.stages.find(({ name }) => name === api.stage);
  if (!definition || !stage) throw new Error(`the stage ${api.stage} was not read back`);
  const method = definition.methods.find(({ resourcePath }) => resourcePath === request?.path);
  const compare = (wanted: JsonObject | undefined, found: object | undefined) =>
    wanted === undefined ? [] : differences(wanted, asJson(found), values, "subset");
  return [
    ...compare(expected.resolvedIntegration, method && resolvedIntegration(method)),
    ...compare(expected.resolvedMethodSettings, resolvedSettings(effectiveSettings(stage, method))),
    ...gatewayResponseProblems(definition, expected.resolvedGatewayResponses, values),
  ];
}

/** Names as AWS's API has them. */
function resolvedIntegration({ integration }: RestApiDefinition["methods"][number]): object {
  const { timeoutMillis, responses, ...same } = integration;
  return { ...same, timeoutInMillis: timeoutMillis, integrationResponses: responses };
}

function resolvedSettings({ cacheTtlSeconds, ...same }: ReturnType<typeof effectiveSettings>): object {
  return { ...same, cacheTtlInSeconds: cacheTtlSeconds };
}

/** A gateway response may be said by its status alone; null is none. */
function gatewayResponseProblems(
  definition: RestApiDefinition,
  expected: JsonObject | undefined,
  values: PlaceholderValues,
): readonly string[] {
  const found = resolvedGatewayResponses(definition) as Readonly<Record<string, { readonly statusCode?: string }>>;
  return Object.entries(expected ?? {}).flatMap(([type, wanted]) =>
    wanted !== null && typeof wanted === "object"
      ? differences(wanted, asJson(found[type]), values, "subset", type)
      : differences(wanted === null ? null : String(wanted), found[type]?.statusCode ?? null, values, "subset", type),
  );
}

function asJson(value: object | undefined): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join(" ") : String(error);
}
