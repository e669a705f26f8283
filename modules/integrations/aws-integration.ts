import { Token } from "cdktf";
import { ConfigurationError } from "../../definition/configuration-error";
import { environmentOf } from "../environment";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig, type IntegrationOptions } from "./integration";

/** Which service is called, and how. */
export interface AwsIntegrationProps {
  /** Service as in its endpoint: `sqs`, `dynamodb`, `s3` … */
  readonly service: string;
  /**
   * Action of the service, as in `PutItem`. Exactly one of `action` and `path` is given.
   * @default - the service is called by `path`
   */
  readonly action?: string;
  /**
   * Parameters of the action, written into the URI. They are encoded here, but for `${stageVariables.<name>}`.
   * @default - none
   */
  readonly actionParameters?: Readonly<Record<string, string>>;
  /**
   * Path at the service, as in `123456789012/my-queue`.
   * @default - the service is called by `action`
   */
  readonly path?: string;
  /** @default - the service's usual host */
  readonly subdomain?: string;
  /** @default - the region of the stack */
  readonly region?: string;
  /** @default "POST" */
  readonly integrationHttpMethod?: string;
  /**
   * True is for services that take and give the Lambda proxy format.
   * @default false
   */
  readonly proxy?: boolean;
  /**
   * `credentialsRole` is what lets the API call the service.
   * @default - AWS's defaults, and no role
   */
  readonly options?: IntegrationOptions;
}

/**
 * Any AWS service, by action or by path.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-request-basic-setup.html
 */
export class AwsIntegration extends Integration {
  constructor(private readonly props: AwsIntegrationProps) {
    super({ type: props.proxy ? "AWS_PROXY" : "AWS" });
  }

  override bind(method: Method): IntegrationConfig {
    const { props } = this;
    const environment = environmentOf(method);
    const host = props.subdomain === undefined ? props.service : `${props.subdomain}.${props.service}`;
    const prefix = `arn:${environment.partition}:apigateway:${props.region ?? environment.region}:${host}`;
    return {
      type: props.proxy ? "AWS_PROXY" : "AWS",
      integrationHttpMethod: props.integrationHttpMethod ?? "POST",
      uri: `${prefix}:${this.target(method)}`,
      ...(props.options === undefined ? {} : { options: props.options }),
    };
  }

  private target(method: Method): string {
    const { action, path, actionParameters = {} } = this.props;
    if (action !== undefined && path === undefined) {
      const query = Object.entries(actionParameters).map(([name, value]) => `&${encoded(name)}=${encoded(value)}`);
      return `action/${action}${query.join("")}`;
    }
    if (path !== undefined && action === undefined) return `path/${path}`;
    throw new ConfigurationError(
      "AWS_INTEGRATION_TARGET",
      method.node.path,
      `an AwsIntegration needs either action or path, got ${action === undefined ? "neither" : "both"}`,
      'pass { service: "dynamodb", action: "PutItem" } or { service: "sqs", path: "<account>/<queue>" }',
    );
  }
}

const STAGE_VARIABLE = /(\$\{stageVariables\.\w+\})/;

/** As in a URL. Of a reference nothing is known yet, so that it must fit as it is. */
function encoded(text: string): string {
  if (Token.isUnresolved(text)) return text;
  const parts = text.split(STAGE_VARIABLE);
  return parts.map((part) => (STAGE_VARIABLE.test(part) ? part : encodeURIComponent(part))).join("");
}
