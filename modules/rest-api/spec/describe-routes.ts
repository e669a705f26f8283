import type { MethodDefinition } from "../../../definition/method";
import { preflight, takesCorsHeaders, withCorsHeaders } from "../cors";
import { describeMethod } from "../method-definition";
import type { Resource } from "../resource";
import type { DocumentMethod } from "./document-method";
import type { ImportedDocument } from "./imported-document";

/** What an API has beside its document. */
export interface Additions {
  readonly document: ImportedDocument;
  readonly documentMethods: readonly DocumentMethod[];
  /** With methods of the program or of the document. */
  readonly resources: readonly Resource[];
  readonly binaryMediaTypes: readonly string[];
}

/**
 * What is to be merged into a document: the program's own methods, preflights, and the operations of the document for which
 * the program says something.
 */
export function describeRoutes({ resources, ...additions }: Additions): readonly MethodDefinition[] {
  const byResource = groupByResource(additions.documentMethods);
  return resources.flatMap((resource) => describeResource(resource, byResource.get(resource) ?? [], additions));
}

function describeResource(
  resource: Resource,
  ofDocument: readonly DocumentMethod[],
  { document, binaryMediaTypes }: Omit<Additions, "resources">,
): readonly MethodDefinition[] {
  const { cors, path } = resource;
  const described = [...resource.methods, ...ofDocument.filter((it) => it.isIntegrated)].map(describeMethod);
  const cached = ofDocument.filter((it) => !it.isIntegrated && it.options.cache !== undefined).map(describeMethod);
  if (cors === undefined) return [...described, ...cached];
  const answered = described.map((method) =>
    takesCorsHeaders(method) ? withCorsHeaders(method, cors, binaryMediaTypes) : method,
  );
  const all = [...described, ...methodsOf(ofDocument, document)];
  const isAnswered = all.length === 0 || all.some(({ httpMethod }) => httpMethod === "OPTIONS");
  return [...answered, ...cached, ...(isAnswered ? [] : [preflight(path, cors, all, binaryMediaTypes)])];
}

/** Routes with CORS whose answers come from an integration of the document, which sets no header of CORS. */
export function routesWithoutCors({ document, documentMethods }: Additions): readonly string[] {
  const withCors = documentMethods.filter(({ resource, httpMethod }) => resource.cors && httpMethod !== "OPTIONS");
  return methodsOf(withCors, document)
    .filter((method) => takesCorsHeaders(method) && !method.integration.responses.some(allowsOrigin))
    .map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`);
}

function allowsOrigin({ responseParameters }: MethodDefinition["integration"]["responses"][number]): boolean {
  return Object.keys(responseParameters).some((name) => /\.header\.access-control-allow-origin$/i.test(name));
}

/** What the document says about those of its methods that it integrates itself. */
function methodsOf(methods: readonly DocumentMethod[], { routes }: ImportedDocument): readonly MethodDefinition[] {
  return methods.flatMap(({ route }) => routes.get(route)?.method ?? []);
}

function groupByResource(methods: readonly DocumentMethod[]): ReadonlyMap<Resource, readonly DocumentMethod[]> {
  const groups = new Map<Resource, DocumentMethod[]>();
  for (const method of methods) groups.set(method.resource, [...(groups.get(method.resource) ?? []), method]);
  return groups;
}
