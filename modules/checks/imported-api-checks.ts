import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ImportedRestApi } from "../rest-api/imported-rest-api";
import type { Method } from "../rest-api/method";
import type { RestApi } from "../rest-api/rest-api";
import { refuseAtOnce } from "./check";
import { recordFinding } from "./findings";
import { warnAtSynth } from "./warning";

/** Refuses a method on an API whose root is not known, or that a document of the same app owns. */
export function checkForeignMethod(api: ImportedRestApi, { route, node }: Method): void {
  refuseAtOnce(
    api,
    [
      {
        code: "API_ROOT_UNKNOWN",
        problem: (rootResourceId) =>
          rootResourceId === undefined
            ? `"${route}" cannot be added: the id of the API's root resource is not known`
            : undefined,
        fix: "use RestApi.fromRestApiAttributes with rootResourceId",
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
