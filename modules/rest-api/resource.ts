import { Construct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { HTTP_METHODS, type HttpMethod } from "../../definition/method";
import { inheritMethodOptions, withoutAuthorization } from "../authorizers/inherit-authorization";
import { recordFinding } from "../checks/findings";
import { METHOD_KINDS } from "../checks/method-kinds";
import { acceptedOptions } from "../checks/option-kinds";
import { checkPathPart } from "../checks/path-checks";
import type { Integration } from "../integrations/integration";
import { MockIntegration } from "../integrations/mock-integration";
import { type CorsOptions, checkCors } from "./cors-options";
import type { ImportedRestApi } from "./imported-rest-api";
import { Method, type MethodOptions } from "./method";
import type { RestApiBase } from "./rest-api-base";

/** What a resource hands down to its children. */
export interface ResourceOptions {
  /** @default - that of the parent; a MOCK that answers 200 at the root */
  readonly defaultIntegration?: Integration;
  /** Laid over those of the parent. @default - those of the parent */
  readonly defaultMethodOptions?: MethodOptions;
  /** @default - those of the parent */
  readonly defaultCorsPreflightOptions?: CorsOptions;
}

/** `ResourceOptions` with the place of the resource. */
export interface ResourceProps extends ResourceOptions {
  /** The resource above. */
  readonly parent: Resource;
  /** One segment: a text, `{name}` or, last in the path, `{name+}`. */
  readonly pathPart: string;
}

/** What must be known of a resource that somebody else owns. */
export interface ResourceAttributes {
  /** The API that the resource is part of, as `RestApi.fromRestApiAttributes` gives one. */
  readonly restApi: ImportedRestApi;
  /** A literal, or a reference such as the output of another stack. */
  readonly resourceId: string;
  /** Full path, as in `/orders/{orderId}`. */
  readonly path: string;
}

/** Options of `addProxy`. */
export interface ProxyResourceOptions extends ResourceOptions {
  /**
   * True adds the method ANY.
   * @default true
   */
  readonly anyMethod?: boolean;
}

/** A segment of the path. Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Resource.html */
export class Resource extends Construct {
  /**
   * A resource of an API that is owned elsewhere: methods and resources can be added to it. Reports `RESOURCE_ID_UNKNOWN` at
   * synth for one above it that would be needed, too.
   */
  static fromResourceAttributes(_scope: Construct, _id: string, attributes: ResourceAttributes): Resource {
    const { restApi, resourceId, path } = attributes;
    return restApi.useResource(path, resourceId);
  }

  readonly api: RestApiBase;
  readonly parentResource: Resource | undefined;
  /** Full path; the root is `/`. */
  readonly path: string;
  readonly defaultIntegration: Integration | undefined;
  readonly defaultMethodOptions: MethodOptions;
  private readonly resources = new Map<string, Resource>();
  private readonly ownMethods = new Map<HttpMethod, Method>();
  private corsOptions: CorsOptions | undefined;

  constructor(scope: Construct, id: string, props: ResourceProps | (ResourceOptions & { readonly api: RestApiBase })) {
    super(scope, id);
    const parent = "parent" in props ? props.parent : undefined;
    this.parentResource = parent;
    this.api = "parent" in props ? props.parent.api : props.api;
    this.defaultIntegration = props.defaultIntegration ?? parent?.defaultIntegration;
    this.defaultMethodOptions = inheritMethodOptions(
      parent?.defaultMethodOptions ?? {},
      acceptedOptions(this, "defaultMethodOptions", METHOD_KINDS, props.defaultMethodOptions ?? {}),
    );
    this.corsOptions = parent?.cors;
    if (props.defaultCorsPreflightOptions !== undefined) this.addCorsPreflight(props.defaultCorsPreflightOptions);
    this.path = "parent" in props ? joinPath(props.parent.path, props.pathPart) : "/";
    if ("parent" in props) props.parent.adopt(this, props.pathPart);
  }

  /** Names of the variables of the path: `{orderId}` and `{proxy+}` are `orderId` and `proxy`. */
  get pathParameters(): readonly string[] {
    return [...this.path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = ""]) => name);
  }

  /** In order of declaration. */
  get methods(): readonly Method[] {
    return [...this.ownMethods.values()];
  }

  /** CORS of this resource, its own or inherited. */
  get cors(): CorsOptions | undefined {
    return this.corsOptions;
  }

  /** CORS that children inherit, as AWS CDK names it: that of this resource. */
  get defaultCorsPreflightOptions(): CorsOptions | undefined {
    return this.corsOptions;
  }

  /** The API, as AWS CDK names it. */
  get restApi(): RestApiBase {
    return this.api;
  }

  /**
   * A resource one segment below. Reports `PATH_PART_INVALID`, `DUPLICATE_RESOURCE` and others at synth for what AWS refuses;
   * of two of one name, the second call gives the first.
   */
  addResource(pathPart: string, options: ResourceOptions = {}): Resource {
    const known = this.resources.get(pathPart);
    if (known !== undefined) {
      this.checkChild(pathPart);
      return known;
    }
    // Only the root of a tree may have no id.
    return new Resource(this, pathPart || "(empty)", { parent: this, pathPart, ...options });
  }

  /** The resource one segment below, if there is one. */
  getResource(pathPart: string): Resource | undefined {
    return this.resources.get(pathPart);
  }

  /** The resource at a path below this one; creates what is missing between. */
  resourceForPath(path: string): Resource {
    return path
      .split("/")
      .filter((part) => part !== "")
      .reduce((resource: Resource, part) => resource.getResource(part) ?? resource.addResource(part), this);
  }

  /** Adds `{proxy+}`, which serves every path below that nothing else serves. */
  addProxy({ anyMethod = true, ...options }: ProxyResourceOptions = {}): Resource {
    const proxy = this.addResource("{proxy+}", options);
    if (anyMethod) proxy.addMethod("ANY");
    return proxy;
  }

  /**
   * Adds a verb. Reports `HTTP_METHOD_UNKNOWN` and `DUPLICATE_ROUTE` at synth; of two on one verb, the second call gives the first.
   * @param integration the backend; by default that of the resource, its parents or the API, else a MOCK
   */
  addMethod(httpMethod: string, integration?: Integration, options: MethodOptions = {}): Method {
    const verb = toVerb(this, httpMethod);
    const known = this.ownMethods.get(verb);
    if (known !== undefined) {
      recordFinding(this, duplicateRoute(this.node.path, `${verb} ${this.path}`));
      return known;
    }
    const inherited = verb === "OPTIONS" ? withoutAuthorization(this.defaultMethodOptions) : this.defaultMethodOptions;
    const method = new Method(this, verb, {
      resource: this,
      httpMethod: verb,
      integration: integration ?? this.defaultIntegration ?? new MockIntegration(),
      options: inheritMethodOptions(inherited, options),
    });
    this.ownMethods.set(verb, method);
    return method;
  }

  /**
   * Answers preflight requests for the methods of this resource, and of those below it that are added from now on.
   * A method OPTIONS of your own takes precedence.
   */
  addCorsPreflight(options: CorsOptions): void {
    checkCors(this, options);
    this.corsOptions = options;
  }

  private adopt(child: Resource, pathPart: string): void {
    this.checkChild(pathPart);
    if (!this.resources.has(pathPart)) this.resources.set(pathPart, child);
  }

  private checkChild(pathPart: string): void {
    checkPathPart(this, { pathPart, parentPath: this.path, siblings: [...this.resources.keys()] });
  }
}

function joinPath(parent: string, pathPart: string): string {
  return parent === "/" ? `/${pathPart}` : `${parent}/${pathPart}`;
}

function duplicateRoute(place: string, route: string): ConfigurationError {
  const problem = `"${route}" is declared twice`;
  return new ConfigurationError("DUPLICATE_ROUTE", place, problem, "remove one of the two, or give it another path");
}

function toVerb(resource: Resource, text: string): HttpMethod {
  const wanted = text.toUpperCase();
  const verb = HTTP_METHODS.find((known) => known === wanted);
  if (verb !== undefined) return verb;
  recordFinding(
    resource,
    new ConfigurationError(
      "HTTP_METHOD_UNKNOWN",
      resource.node.path,
      `API Gateway has no method "${text}"`,
      `use one of ${HTTP_METHODS.join(", ")}`,
    ),
  );
  // Any real verb could be declared beside it, and would be called a duplicate.
  return wanted as HttpMethod;
}
