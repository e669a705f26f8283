import { type Answer, jsonAnswer } from "./http";
import { objectOr, textMap } from "./json-values";
import type { Operation, OperationContext } from "./operation";

/** API Gateway's operations on API keys: moto's, with tags that can change. */
export const API_KEY_OPERATIONS: Readonly<Record<string, Operation>> = {
  async CreateApiKey(context) {
    const answer = await context.forward();
    if (answer.status >= 300) return answer;
    const { id } = objectOr(JSON.parse(answer.body.toString()));
    context.apiKeyTags.set(String(id), textMap(context.call.parameters.tags));
    return withTags(answer, context);
  },

  GetApiKey: async (context) => withTags(await context.forward(), context),
  UpdateApiKey: async (context) => withTags(await context.forward(), context),
};

function withTags(answer: Answer, { apiKeyTags }: OperationContext): Answer {
  if (answer.status >= 300) return answer;
  const key = objectOr(JSON.parse(answer.body.toString()));
  return jsonAnswer(answer.status, { ...key, tags: apiKeyTags.get(String(key.id)) ?? {} });
}
