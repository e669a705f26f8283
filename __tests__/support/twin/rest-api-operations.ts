import { badRequest, jsonAnswer } from "./http";
import { importedDocument, importedProperties } from "./import-document";
import { checkImport } from "./import-rules";
import { isObject, objectOr, text, textMap, texts } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { patchOperations } from "./patch";
import { ResourceTree } from "./resource-tree";
import { describeRestApi, type RestApiProperties } from "./rest-api";
import { patchRestApi } from "./rest-api-patches";

/** API Gateway's operations on an API as a whole. Ids come from moto, which keeps what the twin does not. */
export const REST_API_OPERATIONS: Readonly<Record<string, Operation>> = {
  async CreateRestApi(context) {
    const answer = await context.forward();
    if (answer.status >= 300) return answer;
    const created = objectOr(JSON.parse(answer.body.toString()));
    const api = {
      id: String(created.id),
      region: context.call.region,
      rootResourceId: String(created.rootResourceId),
      createdDate: context.now(),
      properties: createdProperties(context),
      resources: new ResourceTree(String(created.rootResourceId)),
      deployments: new Map(),
      stages: new Map(),
    };
    context.apis.add(api);
    return jsonAnswer(201, describeRestApi(api));
  },

  GetRestApi: (context) => jsonAnswer(200, describeRestApi(apiOf(context))),

  GetRestApis: (context) => jsonAnswer(200, { item: context.apis.all().map(describeRestApi) }),

  UpdateRestApi(context) {
    const api = apiOf(context);
    api.properties = patchOperations(context.call.parameters.patchOperations).reduce(patchRestApi, api.properties);
    return jsonAnswer(200, describeRestApi(api));
  },

  PutRestApi(context) {
    const api = apiOf(context);
    const document = context.call.parameters.body;
    if (!isObject(document)) throw badRequest("Invalid OpenAPI input.");
    const { errors, warnings } = checkImport(document);
    if (errors.length > 0) throw badRequest(`Errors found during import:\n\t${errors.join("\n\t")}`);
    if (warnings.length > 0 && parameter(context, "failonwarnings") === "true") {
      throw badRequest(`Warnings found during import:\n\t${warnings.join("\n\t")}`);
    }
    const mode = parameter(context, "mode") === "overwrite" ? "overwrite" : "merge";
    api.properties = importedProperties(document, api.properties, mode);
    api.document = structuredClone(importedDocument(document, api.document, mode));
    return jsonAnswer(200, { ...describeRestApi(api), warnings: [...warnings] });
  },

  /** Source of the refusal: https://github.com/amplify-education/serverless-domain-manager/issues/406 */
  async DeleteRestApi(context) {
    const api = apiOf(context);
    const domains = context.domainNames.serving(api.id).map(({ domainName }) => domainName);
    if (domains.length > 0) {
      throw badRequest(
        `Deleting RestApi ${api.id} failed. Please remove all base path mappings related to the RestApi in your domains: ${domains}`,
      );
    }
    const answer = await context.forward();
    if (answer.status < 300) {
      context.apis.delete(api.id);
      context.usagePlans.forgetStage(api.id);
    }
    return answer.status < 300 ? { ...answer, status: 202, body: Buffer.alloc(0) } : answer;
  },
};

/** The API that a call is about. */
export function apiOf(context: OperationContext) {
  return context.apis.get(parameter(context, "restApiId"));
}

function createdProperties({ call: { parameters } }: OperationContext): RestApiProperties {
  const endpoint = objectOr(parameters.endpointConfiguration);
  const types = endpoint.types ? texts(endpoint.types) : ["EDGE"];
  const compression = parameters.minimumCompressionSize;
  return {
    name: String(parameters.name),
    description: text(parameters.description),
    version: text(parameters.version),
    policy: text(parameters.policy),
    binaryMediaTypes: texts(parameters.binaryMediaTypes),
    minimumCompressionSize: typeof compression === "number" ? compression : undefined,
    apiKeySource: text(parameters.apiKeySource) ?? "HEADER",
    disableExecuteApiEndpoint: parameters.disableExecuteApiEndpoint === true,
    endpointConfiguration: {
      types,
      vpcEndpointIds: texts(endpoint.vpcEndpointIds),
      // Private APIs have no other. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_EndpointConfiguration.html
      ipAddressType: text(endpoint.ipAddressType) ?? (types.includes("PRIVATE") ? "dualstack" : "ipv4"),
    },
    tags: textMap(parameters.tags),
  };
}
