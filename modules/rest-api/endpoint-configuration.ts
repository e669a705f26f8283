import type { EndpointType } from "../../definition/rest-api";
import { lastPartOf } from "../part-of-arn";

/** Which addresses can call an API or a domain. `ipv4` means IPv4 only, `dualstack` IPv4 and IPv6. */
export const IpAddressType = { IPV4: "ipv4", DUAL_STACK: "dualstack" } as const;
/** One of the kinds. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html */
export type IpAddressType = (typeof IpAddressType)[keyof typeof IpAddressType];

/**
 * An interface endpoint of a VPC: its literal id (`vpce-…`), a plain cdktf `VpcEndpoint` or `DataAwsVpcEndpoint`, or `{ arn }`. The id of
 * an endpoint of the same stack is known only after apply, so the first plan shows the document of the API as unknown, and
 * Terraform creates a replaced endpoint before it destroys the old one, which AWS refuses while both have private DNS.
 */
export type VpcEndpointTarget = string | { readonly id: string } | { readonly arn: string };

/** Where the endpoint of an API is, and who can reach it. */
export interface EndpointConfiguration {
  /** One type. */
  readonly types: readonly [EndpointType];
  /**
   * Endpoints for which Route 53 resolves `<api id>-<endpoint id>.execute-api.<region>.amazonaws.com`. PRIVATE only.
   * Whom the API lets in is said by its policy: see `grantInvokeFromVpcEndpointsOnly`.
   * @default - no such names; callers use private DNS or the `Host` header
   */
  readonly vpcEndpoints?: readonly VpcEndpointTarget[];
  /** @default - AWS's: `dualstack` for PRIVATE, which has nothing else, and `ipv4` otherwise */
  readonly ipAddressType?: IpAddressType;
}

/** The id, a literal or a reference. */
export function vpcEndpointId(endpoint: VpcEndpointTarget): string {
  if (typeof endpoint === "string") return endpoint;
  return "id" in endpoint ? endpoint.id : lastPartOf(endpoint.arn, "/");
}

interface EndpointProps {
  readonly endpointTypes?: readonly [EndpointType];
  readonly endpointConfiguration?: EndpointConfiguration;
}

/** What the props say about the endpoint, with the default filled in. */
export function endpointOf({ endpointTypes, endpointConfiguration }: EndpointProps): EndpointConfiguration {
  return endpointConfiguration ?? { types: endpointTypes ?? ["REGIONAL"] };
}
