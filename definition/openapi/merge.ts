import type { Json, JsonObject } from "../json";
import { isObject, listAt, objectAt, textAt } from "../json-access";
import { EXTENSION } from "./extensions";
import { isSwagger } from "./from-swagger";
import { compact, mapValues } from "./members";
import { isAuthorizer } from "./read-security";
import { resolveReference } from "./reference";
import { toSwagger } from "./to-swagger";

/**
 * An imported document with what `toOpenApi` wrote beside it, in the imported document's own version. The imported document
 * stays as it is; what it lacks comes from the other: operations, schemas, authorizers of its security schemes, and the
 * integrations of operations that both have. Name and description are the other's.
 *
 * @throws ConfigurationError `SWAGGER_TOO_NARROW`
 */
export function mergeDocuments(imported: JsonObject, written: JsonObject): JsonObject {
  const own = isSwagger(imported) ? toSwagger(written) : written;
  const { info, servers, paths, components, swagger, openapi, [EXTENSION.endpointConfiguration]: _, ...members } = own;
  const sections = Object.entries(members).map(([name, member]) => {
    const join = SECTIONS[name];
    return [name, join === undefined ? member : join(objectAt(imported[name]), objectAt(member))] as const;
  });
  return {
    ...imported,
    info: { ...objectAt(info), ...objectAt(imported.info), ...nameOf(objectAt(info)) },
    ...Object.fromEntries(sections),
    ...compact({ components: mergeComponents(objectAt(imported.components), objectAt(components)) }),
    paths: mergePaths(imported, objectAt(paths)),
    ...mergeEndpoint(imported, written),
  };
}

function nameOf({ title, description }: JsonObject): JsonObject {
  return compact({ title, description });
}

type Join = (imported: JsonObject, own: JsonObject) => JsonObject;

const importedFirst: Join = (imported, own) => ({ ...own, ...imported });

/** Members of the document that hold things by name. All others are facts about the API, which the definition says. */
const SECTIONS: Readonly<Record<string, Join>> = {
  definitions: importedFirst,
  securityDefinitions: mergeSchemes,
  [EXTENSION.requestValidators]: importedFirst,
  [EXTENSION.gatewayResponses]: (imported, own) => ({
    ...imported,
    ...mapValues(own, (response, type) => ({ ...objectAt(imported[type]), ...objectAt(response) })),
  }),
};

function mergeComponents(imported: JsonObject, own: JsonObject): JsonObject {
  return {
    ...imported,
    ...compact({
      schemas: importedFirst(objectAt(imported.schemas), objectAt(own.schemas)),
      securitySchemes: mergeSchemes(objectAt(imported.securitySchemes), objectAt(own.securitySchemes)),
    }),
  };
}

/** A scheme that names no authorizer gets the one of its name. */
function mergeSchemes(imported: JsonObject, own: JsonObject): JsonObject {
  const filled = mapValues(imported, (scheme, name) => {
    const ownScheme = objectAt(own[name]);
    if (isAuthorizer(scheme) || !isAuthorizer(ownScheme)) return scheme;
    return { ...compact({ description: objectAt(scheme).description }), ...ownScheme };
  });
  return { ...own, ...filled };
}

function mergePaths(imported: JsonObject, own: JsonObject): JsonObject {
  const paths = objectAt(imported.paths);
  const merged = mapValues(own, (ownItem, path) => {
    const pathItem = objectAt(paths[path]);
    const operations = mapValues(objectAt(ownItem), (operation, verb) => {
      const known = pathItem[verb];
      return isObject(known) ? fillOperation(known, objectAt(operation), { document: imported, pathItem }) : operation;
    });
    return { ...pathItem, ...operations };
  });
  return { ...paths, ...merged };
}

interface OperationPlace {
  readonly document: JsonObject;
  readonly pathItem: JsonObject;
}

/** What an integration needs of its operation: declared parameters, and responses with the headers that it sets. */
function fillOperation(imported: JsonObject, own: JsonObject, { document, pathItem }: OperationPlace): JsonObject {
  const declared = [...listAt(pathItem.parameters), ...listAt(imported.parameters)].map((parameter) =>
    parameterKey(resolveReference(parameter, document)),
  );
  const missing = listAt(own.parameters).filter((parameter) => !declared.includes(parameterKey(objectAt(parameter))));
  return {
    ...imported,
    ...compact({ parameters: [...listAt(imported.parameters), ...missing] }),
    responses: fillResponses(objectAt(imported.responses), own, document),
    [EXTENSION.integration]: fillIntegration(imported[EXTENSION.integration], objectAt(own[EXTENSION.integration])),
  };
}

/** An operation with an integration of its own gets no more than the keys of its cache. */
function fillIntegration(imported: Json | undefined, own: JsonObject): JsonObject {
  if (!isObject(imported)) return own;
  return { ...imported, ...compact({ cacheKeyParameters: own.cacheKeyParameters }) };
}

function fillResponses(imported: JsonObject, own: JsonObject, document: JsonObject): JsonObject {
  const isProxy = textAt(objectAt(own[EXTENSION.integration]).type)?.endsWith("_proxy") ?? false;
  if (isProxy && Object.keys(imported).length > 0) return imported;
  const filled = mapValues(objectAt(own.responses), (ownResponse, status) => {
    const known = imported[status];
    if (known === undefined) return ownResponse;
    const headers = objectAt(objectAt(ownResponse).headers);
    if (Object.keys(headers).length === 0) return known;
    const response = resolveReference(known, document);
    return { ...response, headers: { ...headers, ...objectAt(response.headers) } };
  });
  return { ...imported, ...filled };
}

function parameterKey({ in: place, name }: JsonObject): string {
  const text = textAt(name) ?? "";
  // Names of headers are the same in any case.
  return `${textAt(place)} ${place === "header" ? text.toLowerCase() : text}`;
}

/** What the definition says about the endpoint, where the version of the document has its place. */
function mergeEndpoint(imported: JsonObject, { servers }: JsonObject): JsonObject {
  const [server] = listAt(servers);
  const said = objectAt(objectAt(server)[EXTENSION.endpointConfiguration]);
  const own = compact({ ...said, disableExecuteApiEndpoint: said.disableExecuteApiEndpoint === true || undefined });
  if (Object.keys(own).length === 0) return {};
  if (isSwagger(imported)) return { [EXTENSION.endpointConfiguration]: own };
  const known = listAt(imported.servers).map(objectAt);
  const place = Math.max(
    known.findIndex((it) => isObject(it[EXTENSION.endpointConfiguration])),
    0,
  );
  const all = known.length === 0 ? [{ url: "/" }] : known;
  return {
    servers: all.map((it, index) => (index === place ? { ...it, [EXTENSION.endpointConfiguration]: own } : it)),
  };
}
