import type { IntegrationType } from "../../definition/integration";
import type { Answer, Exchange, Step } from "../exchange";
import { answeredLines } from "../execution-log/endpoint-lines";
import { aws } from "../integrations/aws";
import { http } from "../integrations/http";
import { httpProxy } from "../integrations/http-proxy";
import { lambdaProxy } from "../integrations/lambda-proxy";
import { mock } from "../integrations/mock";

/** Each maps the request, calls its backend and maps the answer back. */
const INTEGRATIONS: Readonly<Record<IntegrationType, (exchange: Exchange) => Promise<Answer>>> = {
  AWS: aws,
  AWS_PROXY: lambdaProxy,
  HTTP: http,
  HTTP_PROXY: httpProxy,
  MOCK: mock,
};

/** Lets the method's integration answer. */
export const integrate: Step = {
  name: "integrate",
  async request(exchange) {
    const answer = await INTEGRATIONS[exchange.method.integration.type](exchange);
    exchange.log?.write(...answeredLines(answer));
    return answer;
  },
};
