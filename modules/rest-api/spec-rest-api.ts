import type { Construct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { JsonObject } from "../../definition/json";
import { definitionHash } from "../../definition/openapi/hash";
import { mergeDocuments } from "../../definition/openapi/merge";
import { operationIds } from "../../definition/openapi/operation-id";
import { withoutProse } from "../../definition/openapi/prose";
import { fromOpenApi } from "../../definition/openapi/read";
import { toOpenApi } from "../../definition/openapi/write";
import { schemeNames } from "../../definition/openapi/write-security";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { IAuthorizer } from "../authorizers/authorizer";
import { recordFinding } from "../checks/findings";
import { checkSpec, INTEGRATE, specProblems, warnOfSpec, withoutIntegrationText } from "../checks/spec-checks";
import type { Integration } from "../integrations/integration";
import { templateDocument } from "../terraform-text";
import { describeApi } from "./api-definition";
import type { ApiDocument } from "./document";
import { LastWritten } from "./last-written";
import type { Method } from "./method";
import type { IModel } from "./model";
import { RestApi } from "./rest-api";
import { parseRoute } from "./route-text";
import { type Additions, describeRoutes } from "./spec/describe-routes";
import { DocumentAuthorizer } from "./spec/document-authorizer";
import { DocumentMethod } from "./spec/document-method";
import { type DocumentRoute, ImportedDocument } from "./spec/imported-document";
import { type SpecRestApiProps, withDocument } from "./spec/spec-rest-api-props";

/**
 * A REST API from an OpenAPI 3.0 or Swagger 2.0 document. The document is imported as it is; what is declared in code is
 * merged into it at synth: routes, authorizers, models, gateway responses, CORS. Its operations are methods like others for
 * stages, plans, metrics and permissions. Operations without an integration get theirs by `integrate`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export class SpecRestApi extends RestApi {
  private readonly spec: ImportedDocument;
  private readonly routeOptions: NonNullable<SpecRestApiProps["routeOptions"]>;
  private readonly documentMethods = new Map<string, DocumentMethod>();
  private readonly authorizers = new Map<string, DocumentAuthorizer>();
  private readonly mergedDocument = new LastWritten<JsonObject>();
  private readonly imported = new LastWritten<ApiDocument>();
  private readonly readBack = new LastWritten<RestApiDefinition>();

  /**
   * Throws `API_DEFINITION_MISSING`, `API_DEFINITION_INVALID`, `OPENAPI_VERSION_UNSUPPORTED`, and what `addResource` throws
   * for paths of the document.
   */
  constructor(scope: Construct, id: string, props: SpecRestApiProps) {
    const spec = new ImportedDocument(props.apiDefinition);
    super(scope, id, withDocument(id, props, spec));
    this.spec = spec;
    this.routeOptions = props.routeOptions ?? {};
    checkSpec(this, { props, document: spec });
    this.setImport(props);
    this.adoptNames();
    for (const route of spec.routes.values()) {
      if (route.method !== undefined) this.declare(route);
    }
    this.node.addValidation({ validate: () => this.problems() });
    warnOfSpec(this, () => this.merged());
  }

  /**
   * Gives an operation of the document its backend, with the permissions and roles that it needs.
   * Throws `DOCUMENT_ROUTE_UNKNOWN` and `DOCUMENT_ROUTE_INTEGRATED`.
   * @param route verb and path as the document has them, as in `GET /pets/{petId}`
   */
  integrate(route: string, integration: Integration): Method {
    const found = this.find(route);
    const isDone = this.documentMethods.has(found.route);
    if (!isDone) return this.declare(found, integration);
    const place = found.method === undefined ? "by integrate" : `in ${this.spec.place}`;
    throw new ConfigurationError(
      "DOCUMENT_ROUTE_INTEGRATED",
      this.node.path,
      `"${found.route}" has its integration ${place} already`,
      "remove one of the two integrations",
    );
  }

  /**
   * An operation of the document as a method: for limits in usage plans, metrics and ARNs.
   * Throws `DOCUMENT_ROUTE_UNKNOWN`, and `ROUTE_WITHOUT_INTEGRATION` before it is integrated.
   * @param route verb and path as the document has them, as in `GET /pets/{petId}`
   */
  method(route: string): Method {
    const found = this.find(route);
    const method = this.documentMethods.get(found.route);
    if (method === undefined) throw this.withoutIntegration([found.route]);
    return method;
  }

  /** An authorizer of the document, for routes in code. Throws `AUTHORIZER_UNKNOWN`. */
  authorizer(name: string): IAuthorizer {
    const found = this.authorizers.get(name);
    if (found !== undefined) return found;
    throw new ConfigurationError(
      "AUTHORIZER_UNKNOWN",
      this.node.path,
      `${this.spec.place} has no authorizer "${name}", but ${[...this.authorizers.keys()].join(", ") || "none"}`,
      "correct the name, or declare the authorizer in code",
    );
  }

  /** The API as data: what API Gateway makes of the document and of what is declared by now. */
  override definition(): RestApiDefinition {
    const open = this.openRoutes();
    if (open.length > 0) throw this.withoutIntegration(open);
    const added = this.added();
    const { endpointType, tags } = added;
    return this.readBack.from(added, () => fromOpenApi(this.merged(added), { endpointType, tags }));
  }

  /** The document that Terraform imports, as far as it is declared by now. */
  override document(): ApiDocument {
    return this.imported.from(this.added(), (added) => {
      const { document, references } = templateDocument(this, this.merged(added));
      return { body: canonicalJson(document), hash: definitionHash(withoutProse(document)), references };
    });
  }

  /** Reports `DUPLICATE_ROUTE` at synth for a method in code that the document has. */
  override registerMethod(method: Method): void {
    if (!(method instanceof DocumentMethod) && this.spec.routes.has(method.route)) {
      const problem = `"${method.route}" is declared here and in ${this.spec.place}`;
      const fix = `remove one of the two; an operation of the document gets its backend by api.integrate("${method.route}", …)`;
      recordFinding(method, new ConfigurationError("DUPLICATE_ROUTE", method.node.path, problem, fix));
      return;
    }
    super.registerMethod(method);
  }

  /** A model of the document is used under its name. Reports `DUPLICATE_MODEL` at synth for another schema under the same name. */
  override useModel(model: IModel): void {
    const known = this.spec.api.models[model.modelName];
    if (known === undefined) {
      super.useModel(model);
      return;
    }
    if (model.schema === undefined || canonicalJson(model.schema) === canonicalJson(known.schema)) return;
    const problem = `the model "${model.modelName}" is declared in code and, with another schema, in ${this.spec.place}`;
    const fix = `rename one of the two, or use the document's by Model.fromModelName(scope, id, "${model.modelName}")`;
    recordFinding(this, new ConfigurationError("DUPLICATE_MODEL", this.node.path, problem, fix));
  }

  private declare(route: DocumentRoute, integration?: Integration): Method {
    const { path } = parseRoute(this, route.route);
    const authorizer = route.authorizer === undefined ? undefined : this.authorizers.get(route.authorizer);
    const method = new DocumentMethod({
      resource: this.root.resourceForPath(path),
      route,
      ...(integration === undefined ? {} : { integration }),
      options: { ...(authorizer === undefined ? {} : { authorizer }), ...this.routeOptions[route.route] },
    });
    this.documentMethods.set(route.route, method);
    return method;
  }

  private setImport({ failOnWarnings = false, parameters }: SpecRestApiProps): void {
    const imported = this.importedDocument;
    if (imported === undefined) return;
    imported.failOnWarnings = failOnWarnings;
    if (parameters !== undefined) imported.parameters = { ...parameters };
  }

  /** What code declares under a name of the document is refused, or must be the same. */
  private adoptNames(): void {
    const { authorizers, requestValidators, gatewayResponses } = this.spec.api;
    for (const [name, definition] of Object.entries(authorizers)) {
      const authorizer = new DocumentAuthorizer(name, definition);
      this.authorizers.set(name, authorizer);
      this.useAuthorizer(authorizer);
    }
    for (const [name, validator] of Object.entries(requestValidators)) {
      this.useRequestValidator({ requestValidatorName: name, ...validator });
    }
    for (const [type, definition] of Object.entries(gatewayResponses)) {
      this.registry.gatewayResponses.set(type as keyof typeof gatewayResponses, definition);
    }
  }

  private find(text: string): DocumentRoute {
    const { httpMethod, path } = parseRoute(this, text);
    const found = this.spec.routes.get(`${httpMethod.toUpperCase()} ${path}`);
    if (found !== undefined) return found;
    throw new ConfigurationError(
      "DOCUMENT_ROUTE_UNKNOWN",
      this.node.path,
      `${this.spec.place} has no "${text}", but ${[...this.spec.routes.keys()].join(", ") || "no routes"}`,
      "correct the route, or declare it with api.route",
    );
  }

  private openRoutes(): readonly string[] {
    return [...this.spec.routes.keys()].filter((route) => !this.documentMethods.has(route));
  }

  private withoutIntegration(routes: readonly string[]): ConfigurationError {
    return new ConfigurationError(
      "ROUTE_WITHOUT_INTEGRATION",
      this.node.path,
      withoutIntegrationText(this.spec.place, routes),
      INTEGRATE,
    );
  }

  private problems(): string[] {
    const open = this.openRoutes();
    const definition = open.length > 0 ? undefined : this.definition();
    return specProblems(this, { ...this.additions(), open, definition });
  }

  private additions(): Additions {
    const { resources, binaryMediaTypes } = this.parts();
    return { document: this.spec, documentMethods: [...this.documentMethods.values()], resources, binaryMediaTypes };
  }

  /** The API as far as code declares it. */
  private added(): RestApiDefinition {
    return { ...describeApi({ ...this.parts(), resources: [] }), methods: describeRoutes(this.additions()) };
  }

  private merged(added = this.added()): JsonObject {
    return this.mergedDocument.from(added, (api) => this.merge(api));
  }

  private merge(api: RestApiDefinition): JsonObject {
    const { methods } = api;
    const described = new Set(methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`));
    const others = [...this.spec.routes.values()].filter(({ route }) => !described.has(route));
    const names = { ids: operationIds([...others, ...methods]), schemeNames: schemeNames(api, this.spec.schemes) };
    return mergeDocuments(this.spec.json, toOpenApi(api, names));
  }
}
