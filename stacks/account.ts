import type { Construct } from "constructs";
import type { Environment } from "../environments";
import { AccountLogging, HeadgateStack } from "../modules";

/**
 * The role that API Gateway writes logs with: one for all APIs of an account and region. It has its own stack and state,
 * so that no API's stack can take the logs of all others away.
 */
export class AccountStack extends HeadgateStack {
  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id, {
      region: environment.region,
      accountId: environment.account,
      assumeRoleArn: environment.deployRoleArn,
      stateBucket: environment.stateBucket,
      tags: environment.tags,
    });
    new AccountLogging(this, "Logging");
  }
}
