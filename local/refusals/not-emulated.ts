import type { FunctionDefinition } from "../../definition/function";
import type { MethodDefinition } from "../../definition/method";
import type { ModelValidators } from "../../definition/model-validators";
import type { DeployedApiDefinition, StackDefinition } from "../../definition/stack";
import type { StageDefinition } from "../../definition/stage";
import { unknownsIn } from "../../definition/unknown";
import { policyObstacle } from "../auth/callers";
import type { Answer, Limitation } from "../exchange";
import { parseAwsUri, stageVariablesIn, withStageVariables } from "../integrations/uri";
import { javaRegExp } from "../patterns/java-regexp";
import { parseTemplate } from "../templates/nodes";

/** Response header that says what had no effect, or why the answer is 501. */
const NOT_EMULATED_HEADER = "x-headgate-not-emulated";

/** That header for some attributes. They may quote expressions of the infrastructure tool: whatever no header can hold is `?`. */
export function notEmulatedHeader(attributes: readonly string[]): readonly [name: string, value: string] {
  return [NOT_EMULATED_HEADER, attributes.join(", ").replace(/[^\x20-\x7e]/g, "?")];
}

/** The gateway would have to guess: the client gets 501 with route, attribute and reason. */
export class NotEmulated extends Error {
  override readonly name = "NotEmulated";

  constructor(
    readonly attribute: string,
    readonly reason: string,
  ) {
    super(`${attribute}: ${reason}`);
  }

  /** The answer of a route that would have to guess. */
  answer(route: string): Answer {
    const message = `Headgate cannot answer ${route} as AWS would. ${this.attribute}: ${this.reason}`;
    return {
      from: "gateway",
      why: this.message,
      status: 501,
      headers: [["Content-Type", "application/json"], notEmulatedHeader([this.attribute])],
      body: Buffer.from(JSON.stringify({ message })),
    };
  }
}

/** A route as it is defined, with all that surrounds it. */
export interface DefinedRoute {
  readonly stack: StackDefinition;
  readonly deployed: DeployedApiDefinition;
  readonly stage: StageDefinition;
  readonly method: MethodDefinition;
  readonly validators: ModelValidators;
  /** Functions that run as the local file says, whatever they are. */
  readonly localFunctions: ReadonlySet<string>;
}

type Check = (route: DefinedRoute) => readonly Limitation[];

const limitation = (attribute: string, reason: string | false | undefined): readonly Limitation[] =>
  reason ? [{ attribute, reason }] : [];

/** Each finds reasons why a route cannot answer rightly. */
const OBSTACLES: readonly Check[] = [
  ({ deployed }) => limitation("policy", policyObstacle(deployed.api)),
  (route) => limitation("authorizer", authorizerObstacle(route)),
  (route) =>
    servedValues(route).flatMap(([place, value]) =>
      unknownsIn(value).map(({ address, attribute }) => ({
        attribute: `${address}.${attribute}`,
        reason: `has no value before apply; ${place}${inFileOf(route)} needs it`,
      })),
    ),
  (route) => limitation("integration.uri", functionObstacle(route)),
  ({ method, validators }) =>
    Object.values(method.requestModels).flatMap((name) => {
      const compiled = validators.get(name);
      return limitation(`models.${name}`, compiled instanceof Error && `cannot be compiled: ${compiled.message}`);
    }),
  ({ method }) =>
    templatesOf(method).flatMap(([attribute, template]) =>
      limitation(
        attribute,
        failure(() => parseTemplate(template), "cannot be parsed"),
      ),
    ),
  ({ method }) =>
    method.integration.responses.flatMap(({ selectionPattern = "" }) =>
      limitation(
        "integration.responses.selectionPattern",
        failure(() => javaRegExp(selectionPattern), selectionPattern),
      ),
    ),
];

/** What the definition asks for and this gateway does without, although it answers rightly. */
const EFFECTS: Readonly<Record<string, (route: DefinedRoute) => string | undefined>> = {
  layers: ({ method, stack, stage }) => layersElsewhere(calledFunction(method, stack, stage)?.definition),
  responseTransferMode: ({ method: { integration } }) =>
    integration.type === "HTTP_PROXY" && integration.streamsResponse
      ? "the answer of the backend is sent when it is whole"
      : undefined,
  authorizer: (route) => {
    const called = authorizerFunction(route);
    if (called === undefined) return undefined;
    if (route.localFunctions.has(called.name)) return undefined;
    if (called.definition === undefined) return `function "${called.name}" is not in this stack: nobody is let in`;
    return layersElsewhere(called.definition);
  },
  vpcLink: ({ method }) =>
    method.integration.connectionId === undefined ? undefined : "the backend is called directly, past the VPC link",
  clientCertificate: ({ method: { integration }, stage }) =>
    stage.hasClientCertificate && integration.type.startsWith("HTTP")
      ? "backends are shown no certificate of the stage"
      : undefined,
  webAcl: ({ stack, deployed, stage }) =>
    stack.firewalls.some((arn) => arn.endsWith(`/restapis/${deployed.id}/stages/${stage.name}`))
      ? "no firewall stands in front of the stage: every request passes"
      : undefined,
};

/** Why a route answers 501. */
export function obstaclesOf(route: DefinedRoute): readonly Limitation[] {
  return OBSTACLES.flatMap((check) => check(route));
}

/** What of a route has no effect here. */
export function missingEffectsOf(route: DefinedRoute): readonly Limitation[] {
  return Object.entries(EFFECTS).flatMap(([attribute, reason]) => limitation(attribute, reason(route)));
}

/** Everything of a route that an answer is made from. Role and VPC link play no part here. */
function servedValues({ deployed, stage, method, validators }: DefinedRoute): readonly Served[] {
  const { integration, ...own } = method;
  const { credentials: _role, connectionId: _link, ...called } = integration;
  const variables = stageVariablesIn(JSON.stringify(called));
  const models = Object.values(method.requestModels).filter((name) => validators.has(name));
  return [
    ...Object.entries(own),
    ...Object.entries(called).map(([name, value]): Served => [`integration.${name}`, value]),
    ...variables.map((name): Served => [`stageVariables.${name}`, stage.variables[name]]),
    ...models.map((name): Served => [`models.${name}`, deployed.api.models[name]]),
  ];
}

/** A value, and what of the route it is. */
type Served = readonly [place: string, value: unknown];

function inFileOf({ deployed: { file } }: DefinedRoute): string {
  return file === undefined ? "" : ` in ${file}`;
}

function functionObstacle({ method, stack, stage, localFunctions }: DefinedRoute): string | undefined {
  const called = calledFunction(method, stack, stage);
  if (called === undefined || localFunctions.has(called.name)) return undefined;
  const { name, definition } = called;
  if (definition === undefined) return `function "${name}" is not in this stack: ${fixOf(name)}`;
  return runtimeObstacle(name, definition);
}

function runtimeObstacle(name: string, definition: FunctionDefinition): string | undefined {
  const { runtime, packageFile } = definition;
  const isNode = runtime === undefined || runtime.startsWith("nodejs");
  if (isNode && packageFile !== undefined) return undefined;
  const what = isNode ? "has no zip in this project" : `has the runtime ${runtime}`;
  return `function "${name}" ${what}: ${fixOf(name)}`;
}

function fixOf(name: string): string {
  return `give it a "command" or "url" below functions."${name}" in headgate.local.json`;
}

/** Layers that are not in the stack, or have no zip in the project. */
function layersElsewhere(definition: FunctionDefinition | undefined): string | undefined {
  const missing = definition?.layers?.filter(({ packageFile }) => packageFile === undefined) ?? [];
  if (missing.length === 0) return undefined;
  return `the function runs without ${missing.map(({ name }) => name).join(", ")}`;
}

/** Why the authorizer of a route cannot be asked. One in another stack is asked, and lets nobody in. */
function authorizerObstacle(route: DefinedRoute): string | undefined {
  const { authorizer: name, authorizationType } = route.method;
  if (authorizationType === "NONE" || authorizationType === "AWS_IAM") return undefined;
  const authorizer = route.deployed.api.authorizers[name ?? ""];
  // Named as a value that the route needs.
  if (unknownsIn(name).length > 0) return undefined;
  if (!authorizer) return `"${name}" is not one of the API's authorizers`;
  const expression = authorizer.identityValidationExpression ?? "";
  const broken = failure(() => javaRegExp(expression), expression);
  if (broken !== undefined) return broken;
  const variables = stageVariablesIn(authorizer.uri ?? "").map((variable) => route.stage.variables[variable]);
  const [unknown] = unknownsIn([authorizer.uri, variables]);
  if (unknown) return `${unknown.address}.${unknown.attribute} has no value before apply`;
  const called = authorizerFunction(route);
  if (called?.definition === undefined || route.localFunctions.has(called.name)) return undefined;
  return runtimeObstacle(called.name, called.definition);
}

function authorizerFunction({ deployed, method, stack, stage }: DefinedRoute) {
  const uri =
    method.authorizationType === "CUSTOM" ? deployed.api.authorizers[method.authorizer ?? ""]?.uri : undefined;
  return functionBehind(uri, stack, stage);
}

function calledFunction({ integration }: MethodDefinition, stack: StackDefinition, stage: StageDefinition) {
  const { type, uri } = integration;
  return type === "AWS_PROXY" || type === "AWS" ? functionBehind(uri, stack, stage) : undefined;
}

function functionBehind(uri: string | undefined, stack: StackDefinition, stage: StageDefinition) {
  const isUndefined = stageVariablesIn(uri ?? "").some((name) => stage.variables[name] === undefined);
  if (uri === undefined || isUndefined) return undefined;
  const target = parseAwsUri(withStageVariables(uri, stage.variables));
  if (target?.kind !== "function") return undefined;
  const definition = stack.functions.find(({ name }) => name === target.functionName);
  return { name: target.functionName, definition };
}

function templatesOf({ integration }: MethodDefinition): [attribute: string, template: string][] {
  const requests = Object.entries(integration.requestTemplates).map(
    ([type, template]) => [`integration.requestTemplates["${type}"]`, template] as [string, string],
  );
  const responses = integration.responses.flatMap(({ statusCode, responseTemplates }) =>
    Object.entries(responseTemplates).map(
      ([type, template]) => [`integration.responses.${statusCode}["${type}"]`, template] as [string, string],
    ),
  );
  return [...requests, ...responses];
}

function failure(attempt: () => unknown, what: string): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return `${what}: ${error instanceof Error ? error.message.split("\n")[0] : error}`;
  }
}
