import { checkSynchronous } from "../checks/integration-checks";
import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig } from "./integration";
import { jsonExpression, jsonObject, jsonText } from "./mapping-text";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { answerInstead, type ErrorRow, serviceResponses } from "./service-responses";
import { resolveServiceTarget, type ServiceTarget } from "./service-target";

/** What an execution gets, and how the answer maps to a status. AWS CDK's names. */
export interface StepFunctionsExecutionIntegrationOptions extends ServiceIntegrationOptions {
  /**
   * Input of the execution: JSON as text, as a VTL expression such as `$input.json('$.order')`.
   * @default - an object with `body`, `path` and `querystring`, and what else is asked for
   */
  readonly input?: string;
  /**
   * True hands the headers of the request on, as `header`.
   * @default false
   */
  readonly headers?: boolean;
  /** @default true */
  readonly path?: boolean;
  /** @default true */
  readonly querystring?: boolean;
  /**
   * Name of the execution, as in `$input.params('orderId')`. A second execution of a standard state machine with the same
   * name and another input answers 409.
   * @default - AWS makes one up
   */
  readonly executionName?: string;
  /** @default "200" */
  readonly successStatusCode?: string;
}

/** A plain cdktf `SfnStateMachine`, or `{ arn }` with a literal ARN of a state machine, an alias or a version. */
export type StateMachineTarget = ServiceTarget;

const CONFLICTS: readonly ErrorRow[] = [
  { types: ["ExecutionAlreadyExists"], statusCode: 409, message: "Conflict" },
  { types: ["ExecutionLimitExceeded"], statusCode: 429, message: "Too Many Requests" },
];

/** Step Functions answers 200 to executions that fail, so the status decides. */
const OUTPUT =
  "#set($status = $input.path('$.status'))" +
  `#if($status == "SUCCEEDED")$input.path('$.output')` +
  `#elseif($status == "TIMED_OUT")${answerInstead(504, "Gateway Timeout")}` +
  `#{else}${answerInstead(500, "Internal Server Error")}#end`;

const STARTED = `{"executionArn": "$input.path('$.executionArn')"}`;

type Action = "StartExecution" | "StartSyncExecution";

/**
 * Starts executions of a state machine, without a function between. The API gets a role that may start this state machine
 * and do nothing else. Throttling answers 429, other refusals 400, failures 502.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html
 */
export class StepFunctionsIntegration extends Integration {
  private constructor(
    private readonly stateMachine: StateMachineTarget,
    private readonly action: Action,
    private readonly options: StepFunctionsExecutionIntegrationOptions,
  ) {
    super({ type: "AWS" });
  }

  /**
   * Starts an execution and answers `{"executionArn": …}` at once. A state machine that is declared as `EXPRESS` is waited
   * for, as in AWS CDK: that is `startSyncExecution`. Pass `{ arn }` of it to start it without waiting.
   */
  static startExecution(
    stateMachine: StateMachineTarget,
    options: StepFunctionsExecutionIntegrationOptions = {},
  ): StepFunctionsIntegration {
    const action = typeOf(stateMachine) === "EXPRESS" ? "StartSyncExecution" : "StartExecution";
    return new StepFunctionsIntegration(stateMachine, action, options);
  }

  /** Waits for an execution of an express state machine and answers its output; 500 when it fails, 504 when it times out. */
  static startSyncExecution(
    stateMachine: StateMachineTarget,
    options: StepFunctionsExecutionIntegrationOptions = {},
  ): StepFunctionsIntegration {
    return new StepFunctionsIntegration(stateMachine, "StartSyncExecution", options);
  }

  override bind(method: Method): IntegrationConfig {
    const target = resolveServiceTarget(method, this.stateMachine, RESOURCE_KINDS.stateMachine);
    const isSynchronous = this.action === "StartSyncExecution";
    if (isSynchronous)
      checkSynchronous(method, { isResource: "fqn" in this.stateMachine, type: typeOf(this.stateMachine) });
    const { input, executionName, successStatusCode = "200" } = this.options;
    return callService(method, {
      kind: RESOURCE_KINDS.stateMachine,
      target,
      actions: [`states:${this.action}`],
      request: { service: "states", action: this.action },
      template: jsonObject({
        stateMachineArn: `"${target.arn}"`,
        input: input === undefined ? wholeRequest(this.options) : jsonText(method, input),
        name: executionName === undefined ? undefined : jsonText(method, executionName),
      }),
      responses: serviceResponses(
        { statusCode: successStatusCode, template: isSynchronous ? OUTPUT : STARTED },
        CONFLICTS,
      ),
      options: this.options,
    });
  }
}

function typeOf(stateMachine: StateMachineTarget): string | undefined {
  const type: unknown = Reflect.get(stateMachine, "typeInput");
  return typeof type === "string" ? type : undefined;
}

/**
 * The request as a JSON text inside of a JSON string: everything is escaped once for either. The body comes first, so that
 * no body can stand for what API Gateway knows.
 */
function wholeRequest({ headers = false, path = true, querystring = true }: StepFunctionsExecutionIntegrationOptions) {
  const places = [...(headers ? ["header"] : []), ...(path ? ["path"] : []), ...(querystring ? ["querystring"] : [])];
  const body = inner(`$input.json('$')`);
  return `"{\\"body\\": ${body}${places.map((place) => `, \\"${place}\\": ${parameters(place)}`).join("")}}"`;
}

function parameters(place: string): string {
  const member = `${innerString("$name")}: ${innerString("$values.get($name)")}`;
  return (
    `{#set($values = $input.params().${place})` +
    `#foreach($name in $values.keySet())${member}#if($foreach.hasNext), #end#end}`
  );
}

/** A JSON value inside of the string. */
function inner(expression: string): string {
  return jsonExpression(expression).slice(1, -1);
}

/** A JSON string inside of the string. */
function innerString(expression: string): string {
  return `\\"${inner(jsonExpression(expression).slice(1, -1))}\\"`;
}
