import type { Construct } from "constructs";
import type { RoleTarget } from "../iam/role-target";
import type { ExecutionInputOptions } from "../integrations/execution-input";
import { type StateMachineTarget, StepFunctionsIntegration } from "../integrations/step-functions-integration";
import { RestApi, type RestApiProps } from "./rest-api";

/** `RestApiProps` with the one state machine behind the API, and what of a request it gets. */
export interface StepFunctionsRestApiProps extends Omit<RestApiProps, "defaultIntegration">, ExecutionInputOptions {
  /** An express state machine. */
  readonly stateMachine: StateMachineTarget;
  /**
   * Role that API Gateway assumes to start executions.
   * @default - a role that may start this state machine and do nothing else
   */
  readonly role?: RoleTarget;
  /**
   * False says nothing of the bodies of answers; true names AWS's models `Empty` and `Error` for them.
   * @default true
   */
  readonly useDefaultMethodResponses?: boolean;
}

/**
 * A REST API that starts an execution of a state machine for each request, and answers its output. It begins with `ANY /`;
 * further routes go to the state machine, too. Reports `STATE_MACHINE_NOT_EXPRESS`.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html
 */
export class StepFunctionsRestApi extends RestApi {
  constructor(scope: Construct, id: string, props: StepFunctionsRestApiProps) {
    const { stateMachine, role, headers, headerNames, path, querystring, authorizer, requestContext, ...rest } = props;
    const { useDefaultMethodResponses = true, ...api } = rest;
    const defaultIntegration = StepFunctionsIntegration.startSyncExecution(stateMachine, {
      useDefaultMethodResponses,
      ...(role === undefined ? {} : { credentialsRole: role }),
      ...(headers === undefined ? {} : { headers }),
      ...(headerNames === undefined ? {} : { headerNames }),
      ...(path === undefined ? {} : { path }),
      ...(querystring === undefined ? {} : { querystring }),
      ...(authorizer === undefined ? {} : { authorizer }),
      ...(requestContext === undefined ? {} : { requestContext }),
    });
    super(scope, id, { ...api, defaultIntegration });
    this.root.addMethod("ANY");
  }
}
