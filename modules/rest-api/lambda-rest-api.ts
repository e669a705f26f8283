import type { Construct } from "constructs";
import { LambdaIntegration, type LambdaIntegrationOptions } from "../integrations/lambda-integration";
import type { LambdaTarget } from "../integrations/lambda-target";
import { RestApi, type RestApiProps } from "./rest-api";

/** `RestApiProps` with the one function behind the API. */
export interface LambdaRestApiProps extends Omit<RestApiProps, "defaultIntegration"> {
  /** The function: a `NodejsFunction`, a plain cdktf `LambdaFunction`, or `{ arn }` of an existing one. */
  readonly handler: LambdaTarget;
  /** @default - those of `LambdaIntegration` */
  readonly integrationOptions?: LambdaIntegrationOptions;
  /**
   * True hands every request to the function, with `ANY /` and `ANY /{proxy+}`. With false, declare the routes: they go to
   * the function, too.
   * @default true
   */
  readonly proxy?: boolean;
}

/**
 * A REST API with one Lambda function behind all its routes.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-create-api-as-simple-proxy-for-lambda.html
 */
export class LambdaRestApi extends RestApi {
  constructor(
    scope: Construct,
    id: string,
    { handler, integrationOptions, proxy = true, ...props }: LambdaRestApiProps,
  ) {
    super(scope, id, { ...props, defaultIntegration: new LambdaIntegration(handler, integrationOptions) });
    if (!proxy) return;
    this.root.addMethod("ANY");
    this.root.addProxy();
  }
}
