import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import type { Construct } from "constructs";
import * as apigateway from "../../modules";
import {
  AuthorizationType,
  Code,
  Cors,
  HeadgateStack,
  IdentitySource,
  MockIntegration,
  PassthroughBehavior,
  RequestAuthorizer,
  RestApi,
  Runtime,
  TokenAuthorizer,
} from "../../modules";
import { assertOrderRules, documentOf, onlyResource, synthStack } from "../../modules/testing";
import { member, operation } from "../modules/support/api";
import { functionIn, resourceIn, userIn } from "./declared";
import { snippet } from "./snippet";
import { VERDICTS } from "./verdicts";

const HTTP = "http://amazon.com";

snippet(
  "9.1",
  (stack) => {
    const books = resourceIn(stack);
    const iamUser = userIn(stack);

    const getBooks = books.addMethod("GET", new apigateway.HttpIntegration(HTTP), {
      authorizationType: apigateway.AuthorizationType.IAM,
    });

    new IamUserPolicy(stack, "AllowBooks", {
      user: iamUser.name,
      policy: JSON.stringify(
        new apigateway.PolicyDocument({
          statements: [
            new apigateway.PolicyStatement({
              actions: ["execute-api:Invoke"],
              effect: apigateway.Effect.ALLOW,
              resources: [getBooks.methodArn],
            }),
          ],
        }),
      ),
    });
  },
  (terraform) => {
    expect(JSON.parse(String(onlyResource(terraform, "aws_iam_user_policy").policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["execute-api:Invoke"],
        Resource: [expect.stringMatching(/execution_arn\}\/prod\/GET\/books$/)],
      },
    ]);
  },
);

snippet(
  "9.2",
  (stack) => {
    const authFn = functionIn(stack);
    const books = resourceIn(stack);

    const auth = new apigateway.TokenAuthorizer(stack, "booksAuthorizer", {
      handler: authFn,
    });

    books.addMethod("GET", new apigateway.HttpIntegration(HTTP), {
      authorizer: auth,
    });
  },
  (terraform) => {
    const { booksAuthorizer } = member(documentOf(terraform), "components", "securitySchemes");

    expect(booksAuthorizer).toMatchObject({ name: "Authorization", in: "header" });
    expect(operation(terraform, "GET /books").security).toEqual([{ booksAuthorizer: [] }]);
  },
);

function authorizerFunction(scope: Construct): apigateway.Function {
  return new apigateway.Function(scope, "MyAuthorizerFunction", {
    runtime: Runtime.NODEJS_22_X,
    handler: "index.handler",
    code: Code.fromInline("exports.handler = async () => ({});"),
  });
}

function mock(): MockIntegration {
  return new MockIntegration({
    integrationResponses: [{ statusCode: "200" }],
    passthroughBehavior: PassthroughBehavior.NEVER,
    requestTemplates: {
      "application/json": '{ "statusCode": 200 }',
    },
  });
}

class TokenStack extends HeadgateStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { region: "eu-west-1", accountId: "111111111111" });

    const authorizer = new TokenAuthorizer(this, "MyAuthorizer", {
      handler: authorizerFunction(this),
    });

    const restapi = new RestApi(this, "MyRestApi", {
      defaultMethodOptions: {
        authorizer,
      },
      defaultCorsPreflightOptions: {
        allowOrigins: Cors.ALL_ORIGINS,
      },
    });

    restapi.root.addMethod("ANY", mock(), {
      methodResponses: [{ statusCode: "200" }],
    });
  }
}

it(`9.3 ${VERDICTS["9.3"].shows}: ${VERDICTS["9.3"].verdict}`, () => {
  const terraform = synthStack((app) => new TokenStack(app, "token"));

  assertOrderRules(terraform);
  expect(operation(terraform, "ANY /").security).toEqual([{ MyAuthorizer: [] }]);
  expect(operation(terraform, "OPTIONS /")).not.toHaveProperty("security");
});

snippet(
  "9.4",
  (stack) => {
    const authFn = functionIn(stack);
    const books = resourceIn(stack);

    const auth = new apigateway.RequestAuthorizer(stack, "booksAuthorizer", {
      handler: authFn,
      identitySources: [apigateway.IdentitySource.header("Authorization")],
    });

    books.addMethod("GET", new apigateway.HttpIntegration(HTTP), {
      authorizer: auth,
    });
  },
  (terraform) => {
    const scheme = member(documentOf(terraform), "components", "securitySchemes", "booksAuthorizer");

    expect(scheme["x-amazon-apigateway-authorizer"]).toMatchObject({
      type: "request",
      identitySource: "method.request.header.Authorization",
    });
  },
);

class RequestStack extends HeadgateStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { region: "eu-west-1", accountId: "111111111111" });

    const handler = authorizerFunction(this);
    const restapi = new RestApi(this, "MyRestApi");

    const authorizer = new RequestAuthorizer(this, "MyAuthorizer", {
      handler,
      identitySources: [IdentitySource.header("Authorization"), IdentitySource.queryString("allow")],
    });
    const secondAuthorizer = new RequestAuthorizer(this, "MySecondAuthorizer", {
      handler,
      identitySources: [IdentitySource.header("Authorization"), IdentitySource.queryString("allow")],
    });

    restapi.root.addMethod("ANY", mock(), { methodResponses: [{ statusCode: "200" }], authorizer });
    restapi.root.resourceForPath("auth").addMethod("ANY", mock(), {
      methodResponses: [{ statusCode: "200" }],
      authorizer: secondAuthorizer,
    });
  }
}

it(`9.5 ${VERDICTS["9.5"].shows}: ${VERDICTS["9.5"].verdict}`, () => {
  const terraform = synthStack((app) => new RequestStack(app, "request"));

  assertOrderRules(terraform);
  expect(operation(terraform, "ANY /").security).toEqual([{ MyAuthorizer: [] }]);
  expect(operation(terraform, "ANY /auth").security).toEqual([{ MySecondAuthorizer: [] }]);
});

snippet(
  "9.6",
  (stack) => {
    const userPool = new CognitoUserPool(stack, "UserPool", { name: "readers" });

    const auth = new apigateway.CognitoUserPoolsAuthorizer(stack, "booksAuthorizer", {
      cognitoUserPools: [userPool],
    });

    const books = resourceIn(stack);
    books.addMethod("GET", new apigateway.HttpIntegration(HTTP), {
      authorizer: auth,
      authorizationType: AuthorizationType.COGNITO,
    });
  },
  (terraform) => {
    const scheme = member(documentOf(terraform), "components", "securitySchemes", "booksAuthorizer");

    expect(scheme["x-amazon-apigateway-authorizer"]).toMatchObject({ type: "cognito_user_pools" });
  },
);
