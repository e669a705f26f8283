import { TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { checkResultsCache, checkTokenSource, checkUserPools } from "../checks/authorizer-checks";
import { environmentOf } from "../environment";
import { asStageVariable, type IdVariable, idVariable } from "../rest-api/id-variable";
import { AuthorizationType } from "./authorization-type";
import { Authorizer, type AuthorizerConfig, type AuthorizerOptions } from "./authorizer";
import { DEFAULT_IDENTITY_SOURCE, DEFAULT_RESULTS_CACHE_SECONDS } from "./identity-source";

/**
 * A plain cdktf `CognitoUserPool`, a data source of one, or `{ arn }`. AWS mints the id of a pool: that of a
 * `CognitoUserPool` travels as a stage variable, so that the document is known at plan time and only the stage waits.
 */
export interface UserPoolTarget {
  /** `arn:<partition>:cognito-idp:<region>:<account>:userpool/<id>`. */
  readonly arn: string;
  /**
   * As AWS mints it.
   * @default - the one in `arn`
   */
  readonly id?: string;
}

/** Properties of a `CognitoUserPoolsAuthorizer`. */
export interface CognitoUserPoolsAuthorizerProps extends AuthorizerOptions {
  /** Tokens of each of them are accepted; 1 to 1,000. */
  readonly cognitoUserPools: readonly UserPoolTarget[];
  /**
   * The header with the token, as `IdentitySource.header` gives it.
   * @default IdentitySource.header("Authorization")
   */
  readonly identitySource?: string;
}

/**
 * Accepts tokens of Cognito user pools: identity tokens, or access tokens where a method names `authorizationScopes`.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export class CognitoUserPoolsAuthorizer extends Authorizer {
  readonly authorizationType = AuthorizationType.COGNITO;
  readonly identitySources: readonly string[];

  /**
   * Reports `USER_POOLS_OUT_OF_RANGE`, `USER_POOL_ARN_INVALID`, `USER_POOL_ARN_UNKNOWN`, `AUTHORIZER_TTL_OUT_OF_RANGE` and
   * `IDENTITY_SOURCE_INVALID` at synth.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CognitoUserPoolsAuthorizerProps,
  ) {
    super(scope, id, props.authorizerName);
    const { identitySource = DEFAULT_IDENTITY_SOURCE } = props;
    checkResultsCache(this, props.resultsCacheTtl);
    checkTokenSource(this, identitySource);
    checkUserPools(this, this.poolArns);
    this.identitySources = [identitySource];
  }

  protected override configure(): AuthorizerConfig {
    const [identitySource = DEFAULT_IDENTITY_SOURCE] = this.identitySources;
    return {
      definition: {
        type: "COGNITO_USER_POOLS",
        identitySource,
        resultTtlSeconds: this.props.resultsCacheTtl?.toSeconds() ?? DEFAULT_RESULTS_CACHE_SECONDS,
        providerArns: this.poolArns,
      },
      idVariables: this.props.cognitoUserPools.flatMap((pool) => managedPool(pool)?.variable ?? []),
      dependencies: () => [],
    };
  }

  private get poolArns(): readonly string[] {
    return this.props.cognitoUserPools.map((pool) => managedPool(pool)?.arn ?? pool.arn);
  }
}

/** A pool that this app creates, by a stage variable. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html */
function managedPool(pool: UserPoolTarget): { readonly arn: string; readonly variable: IdVariable } | undefined {
  const { id } = pool;
  if (id === undefined || !TerraformResource.isTerraformResource(pool) || !Token.isUnresolved(id)) return undefined;
  const variable = idVariable("userPool", pool, id);
  const { partition, region, accountId } = environmentOf(pool);
  return {
    arn: `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${asStageVariable(variable)}`,
    variable,
  };
}
