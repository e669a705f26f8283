import { checkExecutionInput } from "../checks/execution-input-checks";
import { checkSynchronous } from "../checks/integration-checks";
import { RESOURCE_KINDS } from "../iam/resource-kinds";
import type { Method, MethodResponse } from "../rest-api/method";
import { type IModel, Model } from "../rest-api/model";
import { type ExecutionInputOptions, executionInput } from "./execution-input";
import { Integration, type IntegrationConfig } from "./integration";
import { jsonObject, jsonText } from "./mapping-text";
import { callService, type ServiceIntegrationOptions } from "./service-call";
import { answerInstead, type ErrorRow, serviceResponses } from "./service-responses";
import { resolveServiceTarget, type ServiceTarget } from "./service-target";

/** What an execution gets, and how the answer maps to a status. AWS CDK's names. */
export interface StepFunctionsExecutionIntegrationOptions extends ServiceIntegrationOptions, ExecutionInputOptions {
  /**
   * Input of the execution: JSON as text, as a VTL expression such as `$input.json('$.order')`.
   * @default - an object with `body`, `path` and `querystring`, and what else is asked for
   */
  readonly input?: string;
  /**
   * Name of the execution, as in `$input.params('orderId')`. A second execution of a standard state machine with the same
   * name and another input answers 409.
   * @default - AWS makes one up
   */
  readonly executionName?: string;
  /** @default "200" */
  readonly successStatusCode?: string;
  /**
   * False says nothing of the bodies of answers; true names AWS's models `Empty` and `Error` for them.
   * @default - true where the output of an execution is waited for
   */
  readonly useDefaultMethodResponses?: boolean;
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
    const { input, executionName, successStatusCode = "200", useDefaultMethodResponses = isSynchronous } = this.options;
    checkExecutionInput(method, this.options);
    const config = callService(method, {
      kind: RESOURCE_KINDS.stateMachine,
      target,
      actions: [`states:${this.action}`],
      request: { service: "states", action: this.action },
      template: jsonObject({
        stateMachineArn: `"${target.arn}"`,
        input: input === undefined ? executionInput(this.options) : jsonText(method, input),
        name: executionName === undefined ? undefined : jsonText(method, executionName),
      }),
      responses: serviceResponses(
        { statusCode: successStatusCode, template: isSynchronous ? OUTPUT : STARTED },
        CONFLICTS,
      ),
      options: this.options,
    });
    return useDefaultMethodResponses ? { ...config, methodResponses: methodResponses(successStatusCode) } : config;
  }
}

/** What AWS CDK declares, with the statuses that the integration has. */
function methodResponses(successStatusCode: string): readonly MethodResponse[] {
  const body = (statusCode: string, model: IModel) => ({ statusCode, responseModels: { [model.contentType]: model } });
  const errors = ["400", "502"].map((statusCode) => body(statusCode, Model.ERROR_MODEL));
  return [body(successStatusCode, Model.EMPTY_MODEL), ...errors];
}

function typeOf(stateMachine: StateMachineTarget): string | undefined {
  const type: unknown = Reflect.get(stateMachine, "typeInput");
  return typeof type === "string" ? type : undefined;
}
