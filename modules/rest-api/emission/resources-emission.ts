import { Lazy, Token } from "cdktf";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { warnAtSynth } from "../../checks/warning";
import { addressOf, lastOf } from "./block";
import type { Emission } from "./emission";
import { emittedBlocks, renderResources } from "./emitted-blocks";
import { LateElement } from "./late-element";

/** Construct id of the element that holds all resources of an API. */
export const RESOURCES_ID = "Resources";

/** One Terraform resource for each resource, method, integration, response, model, validator and authorizer of the API. */
export const resourcesEmission: Emission = {
  // All are said, always: the provider keeps what it is not told. Minus one is no compression.
  apiArguments: (definition, endpoint) => ({
    endpointConfiguration: {
      ...endpoint,
      vpcEndpointIds: Lazy.listValue({ produce: () => presentList(definition().vpcEndpointIds) }),
    },
    apiKeySource: Lazy.stringValue({ produce: () => definition().apiKeySource }),
    binaryMediaTypes: Lazy.listValue({ produce: () => [...definition().binaryMediaTypes] }),
    disableExecuteApiEndpoint: Token.asAny(Lazy.anyValue({ produce: () => definition().disableExecuteApiEndpoint })),
    minimumCompressionSize: Lazy.stringValue({ produce: () => compressionOf(definition()) }),
  }),
  emit: (api) => {
    new LateElement(api, RESOURCES_ID, () => ({ resource: renderResources(api) }));
    warnAtSynth(api, () => [
      {
        code: "REMOVED_ROUTES_STAY_LIVE",
        problem:
          "with the emission resources, a route that is removed stays live until the next deployment: Terraform takes the snapshot first and removes the route afterwards",
        fix: "after an apply that removed a route, run terraform apply -replace=<address of the aws_api_gateway_deployment>; or use the emission openapi",
      },
    ]);
    return () => lastOf(emittedBlocks(api)).map((block) => ({ fqn: addressOf(block) }));
  },
};

function presentList(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

function compressionOf({ minimumCompressionSizeBytes }: RestApiDefinition): string {
  return String(minimumCompressionSizeBytes ?? -1);
}
