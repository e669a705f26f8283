import { Construct } from "constructs";
import * as apigateway from "../../modules";
import { documentOf, onlyResource } from "../../modules/testing";
import { integrationOf, member } from "../modules/support/api";
import { resourceIn, userIn } from "./declared";
import { snippet } from "./snippet";

snippet(
  "1.1",
  (stack) => {
    const api = new apigateway.RestApi(stack, "books-api");

    api.root.addMethod("ANY");

    const books = api.root.addResource("books");
    books.addMethod("GET");
    books.addMethod("POST");

    const book = books.addResource("{book_id}");
    book.addMethod("GET");
    book.addMethod("DELETE");
  },
  (terraform) => {
    const paths = member(documentOf(terraform), "paths");

    expect(Object.entries(paths).map(([path, item]) => [path, Object.keys(item ?? {})])).toEqual([
      ["/", ["x-amazon-apigateway-any-method"]],
      ["/books", ["get", "post"]],
      ["/books/{book_id}", ["delete", "get"]],
    ]);
    expect(integrationOf(terraform, "GET /books").type).toBe("mock");
  },
);

snippet(
  "1.2",
  (stack) => {
    const api = new apigateway.RestApi(stack, "api");
    const user = userIn(stack);

    const method = api.root.addResource("books").addMethod("GET");
    method.grantExecute(user);
  },
  (terraform) => {
    expect(onlyResource(terraform, "aws_iam_user_policy").policy).toContain("/prod/GET/books");
  },
);

class Routes extends Construct {
  constructor(scope: Construct, id: string, root: apigateway.Resource) {
    super(scope, id);
    root.addResource(id).addMethod(
      "GET",
      new apigateway.MockIntegration({
        integrationResponses: [{ statusCode: "200" }],
        passthroughBehavior: apigateway.PassthroughBehavior.NEVER,
        requestTemplates: { "application/json": '{ "statusCode": 200 }' },
      }),
      { methodResponses: [{ statusCode: "200" }] },
    );
  }
}

snippet(
  "1.3",
  (stack) => {
    const restApi = new apigateway.RestApi(stack, "RestApi");
    restApi.root.addMethod("ANY");

    new Routes(stack, "pets", restApi.root);
    new Routes(stack, "books", restApi.root);
  },
  (terraform) => {
    expect(Object.keys(member(documentOf(terraform), "paths"))).toEqual(["/", "/books", "/pets"]);
  },
);

snippet(
  "7.1",
  (stack) => {
    const booksBackend = new apigateway.LambdaIntegration({
      arn: "arn:aws:lambda:eu-west-1:111111111111:function:books",
    });
    const api = new apigateway.RestApi(stack, "books", {
      defaultIntegration: booksBackend,
    });

    const books = api.root.addResource("books");
    books.addMethod("GET");
    books.addMethod("POST");

    const book = books.addResource("{book_id}");
    book.addMethod("GET");
  },
  (terraform) => {
    const routes = ["GET /books", "POST /books", "GET /books/{book_id}"];

    expect(routes.map((route) => integrationOf(terraform, route).type)).toEqual([
      "aws_proxy",
      "aws_proxy",
      "aws_proxy",
    ]);
  },
);

snippet(
  "7.2",
  (stack) => {
    const books = resourceIn(stack);
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, "Users", {
      cognitoUserPools: [{ arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_abc" }],
    });

    books.addMethod("GET", new apigateway.HttpIntegration("http://amazon.com"), {
      authorizer,
      authorizationType: apigateway.AuthorizationType.COGNITO,
      authorizationScopes: ["Scope1", "Scope2"],
    });
  },
  (terraform) => {
    expect(member(documentOf(terraform), "paths", "/books", "get").security).toEqual([{ Users: ["Scope1", "Scope2"] }]);
  },
);

snippet(
  "8.1",
  (stack) => {
    const resource = resourceIn(stack, "files");

    const proxy = resource.addProxy({
      defaultIntegration: new apigateway.LambdaIntegration({
        arn: "arn:aws:lambda:eu-west-1:111111111111:function:files",
      }),
      anyMethod: true,
    });

    expect(proxy.path).toBe("/files/{proxy+}");
  },
  (terraform) => {
    expect(integrationOf(terraform, "ANY /files/{proxy+}").type).toBe("aws_proxy");
  },
);
