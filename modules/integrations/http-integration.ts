import type { HttpMethod } from "../../definition/method";
import { checkHttpUrl } from "../checks/integration-checks";
import type { Method } from "../rest-api/method";
import { Integration, type IntegrationConfig, type IntegrationOptions } from "./integration";

/** How a request goes to an HTTP backend. */
export interface HttpIntegrationProps {
  /**
   * True passes request and answer on as they are (`HTTP_PROXY`); false maps both (`HTTP`).
   * @default true
   */
  readonly proxy?: boolean;
  /**
   * Verb towards the backend.
   * @default "GET"
   */
  readonly httpMethod?: HttpMethod;
  /** @default - AWS's defaults */
  readonly options?: IntegrationOptions;
}

/**
 * An HTTP backend, as in `https://${stageVariables.ratesHost}/latest`. `{name}` in the path stands for
 * `integration.request.path.name`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
export class HttpIntegration extends Integration {
  constructor(
    private readonly url: string,
    private readonly props: HttpIntegrationProps = {},
  ) {
    super({ type: "HTTP_PROXY" });
  }

  override bind(method: Method): IntegrationConfig {
    const { proxy = true, httpMethod = "GET", options = {} } = this.props;
    const requestParameters = { ...pathMappings(method, this.url), ...options.requestParameters };
    checkHttpUrl(method, { url: this.url, mapped: mappedNames(requestParameters) });
    return {
      type: proxy ? "HTTP_PROXY" : "HTTP",
      integrationHttpMethod: httpMethod,
      uri: this.url,
      options: { ...options, requestParameters },
    };
  }
}

const PATH = "integration.request.path.";

function mappedNames(requestParameters: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(requestParameters)
    .filter((name) => name.startsWith(PATH))
    .map((name) => name.slice(PATH.length));
}

/** A `{name}` of the URL that the route has too is the same thing; AWS wants it said. */
function pathMappings(method: Method, url: string): Record<string, string> {
  const names = method.resource.pathParameters.filter((name) => url.includes(`{${name}}`));
  return Object.fromEntries(names.map((name) => [`${PATH}${name}`, `method.request.path.${name}`]));
}
