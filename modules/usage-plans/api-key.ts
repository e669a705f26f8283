import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { Construct } from "constructs";
import { checkApiKey } from "../checks/usage-plan-checks";
import { attributeText } from "../terraform-text";

/** Properties of a key. All have defaults. */
export interface ApiKeyOptions {
  /** @default - the construct id */
  readonly apiKeyName?: string;
  readonly description?: string;
  /**
   * 20 to 128 characters. A value in the configuration is a value in the state and in the plan; leave it to AWS.
   * @default - AWS generates it
   */
  readonly value?: string;
  /** @default true */
  readonly enabled?: boolean;
}

/**
 * A key that callers send in `x-api-key`. It counts when a usage plan holds it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_ApiKey.html
 */
export class ApiKey extends Construct {
  readonly apiKeyName: string;
  readonly apiKey: ApiGatewayApiKey;

  constructor(scope: Construct, id: string, options: ApiKeyOptions = {}) {
    super(scope, id);
    checkApiKey(this, options);
    this.apiKeyName = options.apiKeyName ?? id;
    this.apiKey = new ApiGatewayApiKey(this, "Resource", {
      name: attributeText(this, this.apiKeyName),
      ...(options.description === undefined ? {} : { description: attributeText(this, options.description) }),
      ...(options.value === undefined ? {} : { value: attributeText(this, options.value) }),
      enabled: options.enabled ?? true,
    });
  }

  /** Id of the key: a reference. */
  get keyId(): string {
    return this.apiKey.id;
  }

  /** What callers send: a reference. Put it into outputs as `sensitive` only. */
  get keyValue(): string {
    return this.apiKey.value;
  }
}
