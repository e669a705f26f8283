import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { ownPaths } from "../rest-api/emission/resource-blocks";
import type { ImportedRestApi } from "../rest-api/imported-rest-api";
import type { Method } from "../rest-api/method";
import type { RestApi } from "../rest-api/rest-api";
import { refuseAtOnce } from "./check";
import { recordFinding } from "./findings";
import { warnAtSynth } from "./warning";

/** Refuses a method on an API whose root is not known, or that a document of the same app owns. */
export function checkForeignMethod(api: ImportedRestApi, { route, node, resource }: Method): void {
  const known = new Set(Object.keys(api.resourceIds));
  const startsAtRoot = ownPaths(resource.path, known).length === ownPaths(resource.path).length;
  refuseAtOnce(
    api,
    [
      {
        code: "API_ROOT_UNKNOWN",
        problem: (rootResourceId) =>
          rootResourceId === undefined && startsAtRoot
            ? `"${route}" cannot be added: the id of the API's root resource is not known`
            : undefined,
        fix: "use RestApi.fromRestApiAttributes with rootResourceId, or Resource.fromResourceAttributes",
      },
    ],
    api.restApiRootResourceId,
  );
  const owner = documentOwner(api);
  if (owner === undefined) return;
  const problem = `"${route}" is added to an API that ${owner.node.path} imports as one document: the next import would remove it`;
  const fix = `add it to that API, as in api.route("${route}", …)`;
  recordFinding(api, new ConfigurationError("API_OWNED_HERE", node.path, problem, fix));
}

/** Says that what was added goes live only with the next snapshot, when nobody here takes one. */
export function warnOfOwner(api: ImportedRestApi): void {
  warnAtSynth(api, () => {
    if (api.methods.length === 0 || api.stages.length > 0) return [];
    const routes = api.methods.map(({ route }) => route).join(", ");
    return [
      {
        code: "API_OWNER_MUST_REDEPLOY",
        problem: `${routes}: added to an API that is owned elsewhere, and not served before its owner deploys again`,
        fix: "have its owner deploy after each apply of this stack, or declare a Deployment and a Stage here",
      },
    ];
  });
}

/** Messages for resources that would be created, but that the owner must have, as it has one below them. */
export function unknownResources(api: ImportedRestApi): string[] {
  const known = new Set(Object.keys(api.resourceIds));
  const taken = [...new Set(api.methods.flatMap(({ resource }) => ownPaths(resource.path, known)))].flatMap((path) => {
    const below = [...known].find((other) => other.startsWith(`${path}/`));
    return below === undefined ? [] : [{ path, below }];
  });
  return taken.map(({ path, below }) => {
    const problem = `the owner of the API has "${below}" and so has "${path}", which would be created a second time`;
    const fix = "declare it by its id, with Resource.fromResourceAttributes";
    return new ConfigurationError("RESOURCE_ID_UNKNOWN", api.node.path, problem, fix).message;
  });
}

function documentOwner(api: ImportedRestApi): RestApi | undefined {
  const id = identityOf(api, api.restApiId);
  return api.node.root.node
    .findAll()
    .filter((it): it is RestApi => "importedDocument" in it && it.importedDocument !== undefined)
    .find((owner) => identityOf(owner, owner.restApiId) === id);
}

/** The reference as its own stack writes it, whichever stack asks; a literal as it is. */
function identityOf(scope: IConstruct, text: string): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(text, { scope, resolver, preparing: false });
}
