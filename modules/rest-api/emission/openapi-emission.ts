import { ApiGatewayRestApiPut } from "@cdktf/provider-aws/lib/api-gateway-rest-api-put";
import { Lazy } from "cdktf";
import { documentProblems } from "../../checks/api-checks";
import { uncountedItems } from "../../checks/model-checks";
import { warnAtSynth } from "../../checks/warning";
import { warnOfUnknownDocument } from "../document-warning";
import type { Emission } from "./emission";

/** Construct id of the import below its API. */
export const DOCUMENT_ID = "Document";

/** The API as one document: what an import resets stands there only, so that two sources never fight. */
export const openapiEmission: Emission = {
  apiArguments: (_definition, endpointConfiguration) => ({ endpointConfiguration }),
  emit: (api) => {
    const imported = new ApiGatewayRestApiPut(api, DOCUMENT_ID, {
      restApiId: api.restApiId,
      body: Lazy.stringValue({ produce: () => api.document().body }),
      failOnWarnings: true,
    });
    warnOfUnknownDocument(api, () => api.document());
    warnAtSynth(api, () => uncountedItems(api.definition()));
    api.node.addValidation({ validate: () => documentProblems(api, api.document().body) });
    return () => [imported];
  },
};
