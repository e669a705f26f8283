import { jsonAnswer, notFound } from "./http";
import { textMap } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";

type Tags = Readonly<Record<string, string>>;

/** Tags of APIs and stages; those of everything else are moto's. */
export const TAG_OPERATIONS: Readonly<Record<string, Operation>> = {
  GetTags: (context) => {
    const target = taggedBy(context);
    return target ? jsonAnswer(200, { tags: target.tags }) : context.forward();
  },

  TagResource: (context) => {
    const target = taggedBy(context);
    target?.set({ ...target.tags, ...textMap(context.call.parameters.tags) });
    return target ? NO_CONTENT : context.forward();
  },

  UntagResource: (context) => {
    const target = taggedBy(context);
    const gone = context.request.query.getAll("tagKeys");
    target?.set(Object.fromEntries(Object.entries(target.tags).filter(([key]) => !gone.includes(key))));
    return target ? NO_CONTENT : context.forward();
  },
};

const NO_CONTENT = { status: 204, headers: {}, body: Buffer.alloc(0) };

function taggedBy(context: OperationContext): { tags: Tags; set(tags: Tags): void } | undefined {
  const [, apiId, stageName] =
    /::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(parameter(context, "resourceArn")) ?? [];
  if (apiId === undefined) return undefined;
  const api = context.apis.get(apiId);
  if (stageName === undefined) {
    return {
      tags: api.properties.tags,
      set: (tags) => {
        api.properties = { ...api.properties, tags };
      },
    };
  }
  const stage = api.stages.get(stageName);
  if (!stage) throw notFound("Invalid stage identifier specified");
  return { tags: stage.tags, set: (tags) => api.stages.set(stageName, { ...stage, tags }) };
}
