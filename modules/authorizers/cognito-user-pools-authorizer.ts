import type { Construct } from "constructs";
import { checkResultsCache, checkTokenSource, checkUserPools } from "../checks/authorizer-checks";
import { AuthorizationType } from "./authorization-type";
import { Authorizer, type AuthorizerConfig, type AuthorizerOptions } from "./authorizer";
import { DEFAULT_IDENTITY_SOURCE, DEFAULT_RESULTS_CACHE_SECONDS } from "./identity-source";

/**
 * A plain cdktf `CognitoUserPool`, a data source of one, or `{ arn }`.
 *
 * AWS mints the id of a pool, so the ARN of one that the same stack creates is known only after apply: the first plan
 * shows the document as unknown, the import waits for the pool, and synth says so. A stage variable keeps both apart:
 * `{ arn: "arn:aws:cognito-idp:<region>:<account>:userpool/${stageVariables.userPool}" }` with
 * `deployOptions: { variables: { userPool: pool.id } }`.
 */
export interface UserPoolTarget {
  readonly arn: string;
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

  /** Throws `USER_POOLS_OUT_OF_RANGE`, `USER_POOL_ARN_INVALID`, `AUTHORIZER_TTL_OUT_OF_RANGE` and `IDENTITY_SOURCE_INVALID`. */
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
      dependencies: () => [],
    };
  }

  private get poolArns(): readonly string[] {
    return this.props.cognitoUserPools.map(({ arn }) => arn);
  }
}
