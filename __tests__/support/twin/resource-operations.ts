import type { JsonObject } from "../../../definition/json";
import { type Answer, badRequest, conflict, jsonAnswer, notFound } from "./http";
import { isObject, objectOr } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { INTEGRATION_PATCHES, METHOD_PATCHES, METHOD_RESPONSE_PATCHES, MODEL_PATCHES, patchPart } from "./part-patches";
import { type PatchOperation, patchOperations } from "./patch";
import type { ResourceRecord, ResourceTree } from "./resource-tree";
import { describeResources } from "./resources";
import { apiOf } from "./rest-api-operations";

const NO_CONTENT: Answer = { status: 204, headers: {}, body: Buffer.alloc(0) };

/** API Gateway's operations on the parts of an API that is no document. moto can change none of them. */
export const RESOURCE_OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateResource(context) {
    const tree = treeOf(context);
    const pathPart = parameter(context, "pathPart");
    const resource = { id: context.nextId(), parentId: parameter(context, "parentId"), pathPart, methods: new Map() };
    tree.set(resource);
    return jsonAnswer(201, tree.describe(resource, false));
  },
  GetResource: (context) => jsonAnswer(200, treeOf(context).describe(resourceOf(context), false)),
  GetResources(context) {
    const { document, resources } = apiOf(context);
    if (document) return jsonAnswer(200, { item: describeResources(apiOf(context), document) });
    const withMethods = context.request.query.getAll("embed").includes("methods");
    return jsonAnswer(200, { item: resources.all().map((resource) => resources.describe(resource, withMethods)) });
  },
  UpdateResource(context) {
    const tree = treeOf(context);
    const resource = patchesOf(context).reduce(patchResource, resourceOf(context));
    tree.set(resource);
    return jsonAnswer(200, tree.describe(resource, false));
  },
  DeleteResource(context) {
    treeOf(context).delete(parameter(context, "resourceId"));
    return { ...NO_CONTENT, status: 202 };
  },

  PutMethod(context) {
    const { methods } = resourceOf(context);
    const httpMethod = parameter(context, "httpMethod");
    if (methods.has(httpMethod)) throw conflict("Method already exists for this resource");
    const method = { apiKeyRequired: false, ...bodyOf(context), httpMethod };
    methods.set(httpMethod, method);
    return jsonAnswer(201, method);
  },
  GetMethod: (context) => jsonAnswer(200, methodOf(context)),
  UpdateMethod: (context) => {
    const method = patchesOf(context).reduce(patchPart(METHOD_PATCHES), methodOf(context));
    return jsonAnswer(200, setMethod(context, method));
  },
  DeleteMethod(context) {
    resourceOf(context).methods.delete(String(methodOf(context).httpMethod));
    return NO_CONTENT;
  },

  PutMethodResponse: (context) => putMember(context, "methodResponses", bodyOf(context), 201),
  GetMethodResponse: (context) => jsonAnswer(200, memberOf(context, "methodResponses")),
  UpdateMethodResponse(context) {
    const before = memberOf(context, "methodResponses");
    const response = patchesOf(context).reduce(patchPart(METHOD_RESPONSE_PATCHES), before);
    return putMember(context, "methodResponses", response, 200);
  },
  DeleteMethodResponse: (context) => deleteMember(context, "methodResponses"),

  // An integration that is put anew has no responses.
  PutIntegration(context) {
    const { httpMethod, ...integration } = bodyOf(context);
    const hasVerb = integration.type !== "MOCK" && httpMethod !== undefined;
    return jsonAnswer(201, setIntegration(context, hasVerb ? { ...integration, httpMethod } : integration));
  },
  GetIntegration: (context) => jsonAnswer(200, integrationOf(context)),
  UpdateIntegration(context) {
    const integration = patchesOf(context).reduce(patchPart(INTEGRATION_PATCHES), integrationOf(context));
    return jsonAnswer(200, setIntegration(context, integration));
  },
  DeleteIntegration(context) {
    integrationOf(context);
    const { methodIntegration: _, ...method } = methodOf(context);
    setMethod(context, method);
    return NO_CONTENT;
  },

  PutIntegrationResponse: (context) => putMember(context, "integrationResponses", bodyOf(context), 201),
  GetIntegrationResponse: (context) => jsonAnswer(200, memberOf(context, "integrationResponses")),
  DeleteIntegrationResponse: (context) => deleteMember(context, "integrationResponses"),

  /** moto forgets a model and makes it anew. */
  async UpdateModel(context) {
    const path = `/restapis/${parameter(context, "restApiId")}/models`;
    const one = `${path}/${parameter(context, "modelName")}`;
    const before = await context.forward({ method: "GET", path: one, body: {} });
    if (before.status >= 300) return before;
    const model = patchesOf(context).reduce(patchPart(MODEL_PATCHES), objectOr(JSON.parse(before.body.toString())));
    await context.forward({ method: "DELETE", path: one, body: {} });
    const made = await context.forward({ method: "POST", path, body: model });
    return made.status < 300 ? { ...made, status: 200 } : made;
  },
};

function treeOf(context: OperationContext): ResourceTree {
  return apiOf(context).resources;
}

function resourceOf(context: OperationContext): ResourceRecord {
  return treeOf(context).get(parameter(context, "resourceId"));
}

function patchResource(resource: ResourceRecord, { op, path, value = "" }: PatchOperation): ResourceRecord {
  if (path === "/pathPart") return { ...resource, pathPart: value };
  if (path === "/parentId") return { ...resource, parentId: value };
  throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
}

function methodOf(context: OperationContext): JsonObject {
  const method = resourceOf(context).methods.get(parameter(context, "httpMethod"));
  if (!method) throw notFound("Invalid Method identifier specified");
  return method;
}

function setMethod(context: OperationContext, method: JsonObject): JsonObject {
  resourceOf(context).methods.set(String(method.httpMethod), method);
  return method;
}

function integrationOf(context: OperationContext): JsonObject {
  const { methodIntegration } = methodOf(context);
  if (!isObject(methodIntegration)) throw notFound("Invalid Integration identifier specified");
  return methodIntegration;
}

function setIntegration(context: OperationContext, integration: JsonObject): JsonObject {
  setMethod(context, { ...methodOf(context), methodIntegration: integration });
  return integration;
}

type Members = "methodResponses" | "integrationResponses";

function ownerOf(context: OperationContext, members: Members): JsonObject {
  return members === "methodResponses" ? methodOf(context) : integrationOf(context);
}

function setMembers(context: OperationContext, members: Members, value: JsonObject): void {
  const owner = { ...ownerOf(context, members), [members]: value };
  if (members === "methodResponses") setMethod(context, owner);
  else setIntegration(context, owner);
}

function memberOf(context: OperationContext, members: Members): JsonObject {
  const member = objectOr(ownerOf(context, members)[members])[parameter(context, "statusCode")];
  if (!isObject(member)) throw notFound("Invalid Response status code specified");
  return member;
}

function putMember(context: OperationContext, members: Members, value: JsonObject, status: number): Answer {
  const statusCode = parameter(context, "statusCode");
  const member = { ...value, statusCode };
  setMembers(context, members, { ...objectOr(ownerOf(context, members)[members]), [statusCode]: member });
  return jsonAnswer(status, member);
}

function deleteMember(context: OperationContext, members: Members): Answer {
  const { statusCode } = memberOf(context, members);
  const { [String(statusCode)]: _, ...others } = objectOr(ownerOf(context, members)[members]);
  setMembers(context, members, others);
  return NO_CONTENT;
}

function patchesOf({ call }: OperationContext): readonly PatchOperation[] {
  return patchOperations(call.parameters.patchOperations);
}

/** The body itself: among the parameters of a call, its `httpMethod` is the one of the path. */
function bodyOf({ request }: OperationContext): JsonObject {
  return request.body.length === 0 ? {} : objectOr(JSON.parse(request.body.toString()));
}
