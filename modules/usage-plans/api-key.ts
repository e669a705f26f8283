import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { Construct } from "constructs";
import { checkApiKey } from "../checks/api-key-checks";
import { environmentOf } from "../environment";
import { attributeText, attributeTexts } from "../terraform-text";

/** Properties of a key. All have defaults. */
export interface ApiKeyOptions {
  /**
   * At most 1,024 characters.
   * @default - the construct id
   */
  readonly apiKeyName?: string;
  /** @default - no description */
  readonly description?: string;
  /**
   * 20 to 128 characters without spaces. A literal stands in the source, the plan and the state for all to read, and is
   * warned of: leave the value to AWS, or pass a sensitive `TerraformVariable`.
   * @default - AWS generates it
   */
  readonly value?: string;
  /** @default true */
  readonly enabled?: boolean;
  /**
   * Customer of AWS Marketplace, when the API is sold there.
   * @default - no customer
   */
  readonly customerId?: string;
  /** @default - the stack's tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** AWS CDK's name for them. */
export type ApiKeyProps = ApiKeyOptions;

/** Who a key is granted to: a function, for example. */
export interface ApiKeyGrantee {
  grant(resource: string, ...actions: readonly string[]): unknown;
}

/** A key, of this stack or of elsewhere. */
export interface IApiKey extends Construct {
  /** Id of the key. */
  readonly keyId: string;
  /** ARN of the key, for policies of those who manage keys. */
  readonly keyArn: string;
  /** Lets a function read the key and its value. */
  grantRead(grantee: ApiKeyGrantee): void;
  /** Lets a function change and delete the key. */
  grantWrite(grantee: ApiKeyGrantee): void;
  /** Both. */
  grantReadWrite(grantee: ApiKeyGrantee): void;
}

const READ = ["apigateway:GET"];
const WRITE = ["apigateway:POST", "apigateway:PUT", "apigateway:PATCH", "apigateway:DELETE"];

/** What a key can do wherever it was made. */
abstract class GrantableKey extends Construct implements IApiKey {
  abstract readonly keyId: string;

  /** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
  get keyArn(): string {
    const { partition, region } = environmentOf(this);
    return `arn:${partition}:apigateway:${region}::/apikeys/${this.keyId}`;
  }

  grantRead(grantee: ApiKeyGrantee): void {
    grantee.grant(this.keyArn, ...READ);
  }

  grantWrite(grantee: ApiKeyGrantee): void {
    grantee.grant(this.keyArn, ...WRITE);
  }

  grantReadWrite(grantee: ApiKeyGrantee): void {
    grantee.grant(this.keyArn, ...READ, ...WRITE);
  }
}

/**
 * A key that callers send in `x-api-key`. It counts when a usage plan holds it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/api/API_ApiKey.html
 */
export class ApiKey extends GrantableKey {
  readonly apiKeyName: string;
  /** `aws_api_gateway_api_key`. */
  readonly apiKey: ApiGatewayApiKey;

  /** A key that exists already: for plans to hold, nothing of it is emitted. */
  static fromApiKeyId(scope: Construct, id: string, apiKeyId: string): IApiKey {
    return new ExistingApiKey(scope, id, apiKeyId);
  }

  constructor(scope: Construct, id: string, options: ApiKeyOptions = {}) {
    super(scope, id);
    const { description, value, customerId, tags } = options;
    this.apiKeyName = options.apiKeyName ?? id;
    checkApiKey(this, { ...options, apiKeyName: this.apiKeyName });
    this.apiKey = new ApiGatewayApiKey(this, "Resource", {
      name: attributeText(this, this.apiKeyName),
      ...(description === undefined ? {} : { description: attributeText(this, description) }),
      ...(value === undefined ? {} : { value: attributeText(this, value) }),
      ...(customerId === undefined ? {} : { customerId }),
      ...(tags === undefined ? {} : { tags: attributeTexts(this, tags) }),
      enabled: options.enabled ?? true,
    });
  }

  /** A reference. */
  get keyId(): string {
    return this.apiKey.id;
  }

  /** What callers send: a reference. Terraform shows it in outputs that are `sensitive`, and refuses others. */
  get keyValue(): string {
    return this.apiKey.value;
  }
}

class ExistingApiKey extends GrantableKey {
  constructor(
    scope: Construct,
    id: string,
    readonly keyId: string,
  ) {
    super(scope, id);
  }
}
