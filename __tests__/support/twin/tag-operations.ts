import { jsonAnswer, notFound } from "./http";
import { textMap } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";

type Tags = Readonly<Record<string, string>>;

/** Tags of what API Gateway has; those of VPC links are moto's. */
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

interface Tagged {
  readonly tags: Tags;
  set(tags: Tags): void;
}

type FindTagged = (context: OperationContext, id: string, inner: string | undefined) => Tagged;

const TAGGED: Readonly<Record<string, FindTagged>> = {
  restapis: taggedApi,
  usageplans: ({ usagePlans }, id) => {
    const plan = usagePlans.get(id);
    return { tags: plan.tags, set: (tags) => usagePlans.set({ ...plan, tags }) };
  },
  apikeys: ({ apiKeyTags }, id) => ({ tags: apiKeyTags.get(id) ?? {}, set: (tags) => apiKeyTags.set(id, tags) }),
  domainnames: ({ domainNames }, name) => {
    const domain = domainNames.get(name);
    return { tags: domain.tags, set: (tags) => domainNames.set({ ...domain, tags }) };
  },
};

function taggedBy(context: OperationContext): Tagged | undefined {
  const [, kind = "", id = "", inner] =
    /::\/(\w+)\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(parameter(context, "resourceArn")) ?? [];
  return TAGGED[kind]?.(context, id, inner);
}

function taggedApi(context: OperationContext, apiId: string, stageName: string | undefined): Tagged {
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
