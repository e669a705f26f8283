import { Lazy, Token } from "cdktf";
import type { RestApiDefinition } from "../../../definition/rest-api";
import { warnAtSynth } from "../../checks/warning";
import { addressOf, lastOf } from "./block";
import type { Emission, EmittedApi } from "./emission";
import { emittedBlocks, movedBlocks, renderResources } from "./emitted-blocks";
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
    new LateElement(api, RESOURCES_ID, () => ({ resource: renderResources(api, emittedBlocks(api)), ...movesOf(api) }));
    warnAtSynth(api, () => [
      {
        code: "REMOVED_ROUTES_STAY_LIVE",
        problem:
          "with the emission resources, a route that is removed stays live until the next deployment, and an integration that changes its type, verb, role or passthrough is missing from the API (not from what is live) until a second apply, and a model cannot change its content type under its name: Terraform forces the order of the deployment on all that it is taken of",
        fix: "after an apply that did one of the first two, apply again with -replace=<address of the aws_api_gateway_deployment>; give such a model another name; or use the emission openapi",
      },
    ]);
    return () => lastOf(emittedBlocks(api)).map((block) => ({ fqn: addressOf(block) }));
  },
};

/** An empty list would be a block of its own. */
function movesOf(api: EmittedApi): { moved?: object } {
  const moved = movedBlocks(api);
  return moved.length === 0 ? {} : { moved };
}

function presentList(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

function compressionOf({ minimumCompressionSizeBytes }: RestApiDefinition): string {
  return String(minimumCompressionSizeBytes ?? -1);
}
