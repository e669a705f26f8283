import type { JsonObject } from "../../../definition/json";
import { isObject, objectAt, textAt } from "../../../definition/json-access";
import type { HttpMethod, MethodDefinition } from "../../../definition/method";
import { EXTENSION } from "../../../definition/openapi/extensions";
import { operationsOf, type PlacedOperation } from "../../../definition/openapi/operations";
import { fromOpenApi, normalDocument } from "../../../definition/openapi/read";
import { readOperation } from "../../../definition/openapi/read-operation";
import { type MethodSecurity, readSecurity } from "../../../definition/openapi/read-security";
import type { RestApiDefinition } from "../../../definition/rest-api";
import type { ApiDefinition } from "../api-definition-source";

/** An operation of an imported document, as far as its API must know it. */
export interface DocumentRoute extends MethodSecurity {
  /** `GET /pets`. */
  readonly route: string;
  readonly resourcePath: string;
  readonly httpMethod: HttpMethod;
  readonly operationName?: string;
  /** All that the document says about the method; absent when it leaves the integration to the program. */
  readonly method?: MethodDefinition;
}

/** An imported document, and what it says about the API around the program's own routes. */
export class ImportedDocument {
  /** As it was written. */
  readonly json: JsonObject;
  /** How messages name it. */
  readonly place: string;
  readonly routes: ReadonlyMap<string, DocumentRoute>;
  /** What the document says about the API; without methods. */
  readonly api: RestApiDefinition;
  /** Names of all security schemes. */
  readonly schemes: JsonObject;
  private readonly normal: JsonObject;

  /** Throws what `ApiDefinition.load` and `fromOpenApi` throw. */
  constructor(source: ApiDefinition) {
    this.json = source.load();
    this.place = source.place;
    this.normal = normalDocument(this.json);
    this.schemes = objectAt(objectAt(this.normal.components).securitySchemes);
    this.api = fromOpenApi({ ...this.normal, paths: {} }, { endpointType: "REGIONAL", tags: {} });
    const routes = operationsOf(this.normal).map((operation) => this.readRoute(operation));
    this.routes = new Map(routes.map((route) => [route.route, route]));
  }

  /** What the document says of itself; absent means that it says nothing. */
  says(extension: keyof typeof EXTENSION): boolean {
    return this.normal[EXTENSION[extension]] !== undefined;
  }

  private readRoute({ operation, ...place }: PlacedOperation): DocumentRoute {
    const { httpMethod, resourcePath } = place;
    const operationName = textAt(operation.operationId);
    const isIntegrated = isObject(operation[EXTENSION.integration]);
    return {
      route: `${httpMethod} ${resourcePath}`,
      resourcePath,
      httpMethod,
      ...readSecurity(operation, this.schemes),
      ...(operationName === undefined ? {} : { operationName }),
      ...(isIntegrated ? { method: readOperation(operation, { document: this.normal, ...place }).method } : {}),
    };
  }
}
