import type { Answer, Exchange } from "../exchange";
import { configurationFailure } from "../refusals/gateway-error";
import { awsService } from "./aws-service";
import { lambda } from "./lambda";
import { INVALID_ENDPOINT, integrationUri, parseAwsUri } from "./uri";

/** AWS: a function or any other service, by the URI. */
export async function aws(exchange: Exchange): Promise<Answer> {
  const uri = integrationUri(exchange);
  const target = parseAwsUri(uri);
  if (!target) throw configurationFailure(`"${uri}" is no URI of an AWS integration`, INVALID_ENDPOINT);
  return target.kind === "function" ? lambda(exchange, target) : awsService(exchange, target);
}
