import type { Construct } from "constructs";
import type { AuthorizerDefinition } from "../../definition/authorizer";
import { checkIdentitySources, checkResultsCache, checkTokenSource } from "../checks/authorizer-checks";
import { checkPermissionPlace } from "../checks/function-place-checks";
import { type RoleTarget, roleArnOf, roleDependencies } from "../iam/role-target";
import {
  allowInvocation,
  invocationUri,
  type LambdaTarget,
  permit,
  resolveTarget,
} from "../integrations/lambda-target";
import type { RestApiBase } from "../rest-api/rest-api-base";
import { AuthorizationType } from "./authorization-type";
import { Authorizer, type AuthorizerConfig, type AuthorizerOptions } from "./authorizer";
import { DEFAULT_IDENTITY_SOURCE, DEFAULT_RESULTS_CACHE_SECONDS } from "./identity-source";

/** What both kinds of Lambda authorizer have. */
export interface LambdaAuthorizerProps extends AuthorizerOptions {
  /** A function of this library, a plain cdktf `LambdaFunction` or `LambdaAlias`, or `{ arn }` of an existing function. */
  readonly handler: LambdaTarget;
  /**
   * Role that API Gateway assumes to call the function; `apigateway.amazonaws.com` must be trusted. A `Role` is allowed to
   * call the function; another role must be allowed already.
   * @default - the resource policy of the function lets the authorizers of the API call it
   */
  readonly assumeRole?: RoleTarget;
}

/** Properties of a `TokenAuthorizer`. */
export interface TokenAuthorizerProps extends LambdaAuthorizerProps {
  /**
   * The header with the token, as `IdentitySource.header` gives it.
   * @default IdentitySource.header("Authorization")
   */
  readonly identitySource?: string;
  /**
   * Java regular expression for the whole token; others answer 401, and the function is not called.
   * @default - any token
   */
  readonly validationRegex?: string;
}

/** Properties of a `RequestAuthorizer`. */
export interface RequestAuthorizerProps extends LambdaAuthorizerProps {
  /**
   * What tells callers apart: a request that lacks one of them answers 401, and cached decisions are kept by them. May
   * be empty with `resultsCacheTtl: Duration.seconds(0)`.
   */
  readonly identitySources: readonly string[];
}

/** A function that decides. */
abstract class LambdaAuthorizer extends Authorizer {
  readonly authorizationType = AuthorizationType.CUSTOM;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LambdaAuthorizerProps,
  ) {
    super(scope, id, props.authorizerName);
    checkResultsCache(this, props.resultsCacheTtl);
  }

  protected abstract get kind(): Pick<AuthorizerDefinition, "type" | "identitySource" | "identityValidationExpression">;

  protected override configure(api: RestApiBase): AuthorizerConfig {
    const { handler, assumeRole, resultsCacheTtl } = this.props;
    const target = resolveTarget(this, handler);
    if (assumeRole === undefined) {
      checkPermissionPlace(this, { api, functionArn: target.arn, instead: "pass assumeRole, a role that may call it" });
    }
    const access = assumeRole === undefined ? [permit(api, target, "authorizers")] : [];
    if (assumeRole !== undefined) allowInvocation(assumeRole, target);
    return {
      definition: {
        ...this.kind,
        uri: invocationUri(api, target),
        ...(assumeRole === undefined ? {} : { credentials: roleArnOf(this, assumeRole) }),
        resultTtlSeconds: resultsCacheTtl?.toSeconds() ?? DEFAULT_RESULTS_CACHE_SECONDS,
        providerArns: [],
      },
      dependencies: () => [
        ...target.dependencies(),
        ...access,
        ...(assumeRole === undefined ? [] : roleDependencies(assumeRole)),
      ],
    };
  }
}

/**
 * A Lambda function that decides by one token, as in `Authorization: Bearer …`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class TokenAuthorizer extends LambdaAuthorizer {
  readonly identitySources: readonly string[];
  private readonly validationRegex: string | undefined;

  /** Reports `AUTHORIZER_TTL_OUT_OF_RANGE` and `IDENTITY_SOURCE_INVALID` at synth. */
  constructor(scope: Construct, id: string, props: TokenAuthorizerProps) {
    super(scope, id, props);
    const { identitySource = DEFAULT_IDENTITY_SOURCE, validationRegex } = props;
    checkTokenSource(this, identitySource);
    this.identitySources = [identitySource];
    this.validationRegex = validationRegex;
  }

  protected override get kind() {
    const [identitySource = DEFAULT_IDENTITY_SOURCE] = this.identitySources;
    return {
      type: "TOKEN" as const,
      identitySource,
      ...(this.validationRegex === undefined ? {} : { identityValidationExpression: this.validationRegex }),
    };
  }
}

/**
 * A Lambda function that decides by the whole request.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class RequestAuthorizer extends LambdaAuthorizer {
  readonly identitySources: readonly string[];

  /** Reports `AUTHORIZER_TTL_OUT_OF_RANGE`, `IDENTITY_SOURCES_MISSING` and `IDENTITY_SOURCE_INVALID` at synth. */
  constructor(scope: Construct, id: string, props: RequestAuthorizerProps) {
    super(scope, id, props);
    const { identitySources, resultsCacheTtl } = props;
    checkIdentitySources(this, { identitySources, isCached: resultsCacheTtl?.toMilliseconds() !== 0 });
    this.identitySources = identitySources;
  }

  protected override get kind() {
    const identitySource = this.identitySources.join(",");
    return { type: "REQUEST" as const, ...(identitySource === "" ? {} : { identitySource }) };
  }
}
