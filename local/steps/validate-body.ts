import type { MethodDefinition } from "../../definition/method";
import type { ModelValidator } from "../../definition/model-validators";
import type { Step } from "../exchange";
import { DEFAULT_MEDIA_TYPE, mediaTypeOf } from "../http/media-types";
import { modelProblem, UNPARSABLE } from "../patterns/model-problem";
import { sharingPatternLimit } from "../patterns/user-pattern";
import { GatewayError } from "../refusals/gateway-error";

/** Name of the model that a body of this content type must follow, if any. */
function modelFor(method: MethodDefinition, contentType: string | undefined): string | undefined {
  const wanted = mediaTypeOf(contentType) || DEFAULT_MEDIA_TYPE;
  const exact = Object.entries(method.requestModels).find(([type]) => mediaTypeOf(type) === wanted);
  return exact?.[1] ?? method.requestModels.$default;
}

/** Refuses a body that does not follow its model; no body reads as `{}`. */
export const validateBody: Step = {
  name: "validate body",
  request({ method, stage, request, headers }) {
    if (!stage.api.requestValidators[method.requestValidator ?? ""]?.validateRequestBody) return undefined;
    const contentType = headers.findLast(([name]) => name.toLowerCase() === "content-type")?.[1];
    const model = modelFor(method, contentType);
    const validate = model === undefined ? undefined : stage.validators.get(model);
    if (!validate || validate instanceof Error) return undefined;
    const problem = problemOf(validate, request.body.toString() || "{}");
    if (problem === undefined) return undefined;
    const mediaType = mediaTypeOf(contentType) || DEFAULT_MEDIA_TYPE;
    throw new GatewayError("INVALID_BODY", {
      validationError: `[${problem}]`,
      logged: [`Request body does not match model schema for content type ${mediaType}: [${problem}]`],
    });
  },
};

/** The first problem of a body. A body that is nested deeper than the stack reaches counts as no JSON. */
function problemOf(validate: ModelValidator, body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return sharingPatternLimit(() => modelProblem(validate, value));
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    return UNPARSABLE;
  }
}
