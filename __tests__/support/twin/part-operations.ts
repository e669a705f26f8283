import type { JsonObject } from "../../../definition/json";
import { type Answer, conflict } from "./http";
import { objectOr, text } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { apiOf } from "./rest-api-operations";

/** API Gateway's operations on models and authorizers, which moto makes twice and takes away from under a method. */
export const PART_OPERATIONS: Readonly<Record<string, Operation>> = {
  /** Source of the refusal: https://github.com/localstack/localstack/issues/8368 */
  async CreateModel(context) {
    const path = `/restapis/${parameter(context, "restApiId")}/models/${parameter(context, "name")}`;
    const { status } = await context.forward({ method: "GET", path, body: {} });
    if (status < 300) throw conflict("Model name already exists for this REST API");
    return context.forward();
  },

  /** Source of the refusal: https://github.com/amazon-archives/aws-apigateway-importer/issues/144 */
  DeleteModel(context) {
    const name = parameter(context, "modelName");
    const method = methodThat(context, (candidate) => modelsOf(candidate).includes(name));
    if (method) throw conflict(`Cannot delete model '${name}', is referenced in method request: ${method}`);
    return context.forward();
  },

  /** moto forgets the expression, but for an update. */
  async CreateAuthorizer(context) {
    const answer = await context.forward();
    const value = context.call.parameters.identityValidationExpression;
    if (answer.status >= 300 || value === undefined) return answer;
    const { id } = objectOr(JSON.parse(answer.body.toString()));
    const path = `/restapis/${parameter(context, "restApiId")}/authorizers/${id}`;
    const patchOperations = [{ op: "replace", path: "/identityValidationExpression", value }];
    const updated = await context.forward({ method: "PATCH", path, body: { patchOperations } });
    return updated.status < 300 ? { ...updated, status: answer.status } : updated;
  },

  /**
   * The provider takes this refusal for a success and forgets the authorizer.
   * Source: https://github.com/hashicorp/terraform-provider-aws/issues/41401
   */
  DeleteAuthorizer(context): Answer | Promise<Answer> {
    const id = parameter(context, "authorizerId");
    const method = methodThat(context, ({ authorizerId }) => authorizerId === id);
    if (method) throw conflict(`Cannot delete authorizer '${id}', is referenced in method: ${method}`);
    return context.forward();
  },
};

/** The first method of this kind, as AWS writes it; a document has no methods of its own. */
function methodThat(context: OperationContext, is: (method: JsonObject) => boolean): string | undefined {
  const { resources } = apiOf(context);
  const found = resources.all().flatMap((resource) =>
    [...resource.methods]
      .filter(([, method]) => is(method))
      .map(([verb]) => {
        const { path } = resources.describe(resource, false);
        return `${path}/${verb}`;
      }),
  );
  return found[0];
}

function modelsOf({ requestModels, methodResponses }: JsonObject): readonly (string | undefined)[] {
  const responses = Object.values(objectOr(methodResponses)).map((response) => objectOr(response).responseModels);
  return [requestModels, ...responses].flatMap((models) => Object.values(objectOr(models)).map(text));
}
