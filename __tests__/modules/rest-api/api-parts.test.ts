import {
  AuthorizationType,
  Duration,
  GatewayResponse,
  type HeadgateStack,
  HttpIntegration,
  MockIntegration,
  Model,
  RequestValidator,
  Resource,
  ResponseType,
  RestApi,
} from "../../../modules";
import { documentOf, synthApi } from "../../../modules/testing";

/** The document of an API with `GET /` and what else is declared. */
function documentWith(build: (api: RestApi, stack: HeadgateStack) => unknown) {
  return documentOf(
    synthApi((stack) => {
      const api = new RestApi(stack, "Api", { restApiName: "parts" });
      api.root.addMethod("GET");
      build(api, stack);
    }),
  );
}

const SCHEMA = { type: "object", properties: { id: { type: "string" } } };

describe("Resource", () => {
  it("has the least that a path can have: minimal", () => {
    const document = documentWith((api) => {
      new Resource(api.root, "Orders", { parent: api.root, pathPart: "orders" }).addMethod("GET");
    });

    expect(document.paths).toMatchSnapshot();
  });

  it("hands down backend, method options and CORS: everything", () => {
    const document = documentWith((api) => {
      const orders = new Resource(api.root, "Orders", {
        parent: api.root,
        pathPart: "orders",
        defaultIntegration: new HttpIntegration("https://orders.example/{proxy}", {
          options: { requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" } },
        }),
        defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
        defaultCorsPreflightOptions: {
          allowOrigins: ["https://shop.example"],
          allowHeaders: ["Content-Type"],
          allowCredentials: true,
          exposeHeaders: ["ETag"],
          maxAge: Duration.hours(1),
          statusCode: 200,
        },
      });
      orders.addProxy();
    });

    expect(document.paths).toMatchSnapshot();
  });
});

describe("Method", () => {
  it("answers without conditions: minimal", () => {
    expect(documentWith((api) => api.root.addMethod("POST")).paths).toMatchSnapshot();
  });

  it("asks for key, caller, parameters and body, and says what it answers: everything", () => {
    const document = documentWith((api, stack) => {
      const order = new Model(stack, "Order", { restApi: api, schema: SCHEMA });
      api.root.resourceForPath("orders/{orderId}").addMethod(
        "PUT",
        new MockIntegration({
          requestTemplates: { "application/json": '{"statusCode": 200}' },
          integrationResponses: [
            { statusCode: "200", responseParameters: { "method.response.header.ETag": "'1'" } },
            { statusCode: "404", selectionPattern: "404" },
          ],
        }),
        {
          operationName: "ReplaceOrder",
          apiKeyRequired: true,
          authorizationType: AuthorizationType.IAM,
          requestParameters: { "method.request.querystring.dry": true, "method.request.header.If-Match": false },
          requestModels: { "application/xml": Model.EMPTY_MODEL },
          requestBody: order,
          requestValidatorOptions: {
            requestValidatorName: "strict",
            validateRequestBody: true,
            validateRequestParameters: true,
          },
          methodResponses: [
            {
              statusCode: "200",
              responseParameters: { "method.response.header.ETag": true },
              responseModels: { "application/json": order },
            },
            { statusCode: "404", responseModels: { "application/json": Model.ERROR_MODEL } },
          ],
        },
      );
    });

    expect(document.paths).toMatchSnapshot();
  });
});

describe("Model", () => {
  it("is a schema under the id of the construct: minimal", () => {
    const document = documentWith((api, stack) => new Model(stack, "Order", { restApi: api, schema: SCHEMA }));

    expect(document.components).toMatchSnapshot();
  });

  it("has a name, a description and the models that it refers to: everything", () => {
    const document = documentWith((api, stack) => {
      new Model(stack, "Any", {
        restApi: api,
        modelName: "Order",
        contentType: "application/vnd.order+json",
        description: "What a customer orders",
        schema: {
          $schema: "http://json-schema.org/draft-04/schema#",
          title: "Order",
          type: "object",
          required: ["lines"],
          additionalProperties: false,
          properties: {
            lines: { type: "array", minItems: 1, items: { $ref: "#/definitions/Line" } },
            note: { type: ["string", "null"], maxLength: 80 },
          },
          definitions: { Line: { type: "object", properties: { count: { type: "integer", minimum: 1 } } } },
        },
      });
    });

    expect(document.components).toMatchSnapshot();
  });
});

describe("RequestValidator", () => {
  it("checks nothing until it is told to: minimal", () => {
    const document = documentWith((api, stack) => new RequestValidator(stack, "Lenient", { restApi: api }));

    expect(document["x-amazon-apigateway-request-validators"]).toMatchSnapshot();
  });

  it("checks body and parameters under a name of its own: everything", () => {
    const document = documentWith((api, stack) => {
      new RequestValidator(stack, "Any", {
        restApi: api,
        requestValidatorName: "strict",
        validateRequestBody: true,
        validateRequestParameters: true,
      });
    });

    expect(document["x-amazon-apigateway-request-validators"]).toMatchSnapshot();
  });
});

describe("GatewayResponse", () => {
  it("keeps AWS's answer until it is told otherwise: minimal", () => {
    const document = documentWith((api, stack) => {
      new GatewayResponse(stack, "Any", { restApi: api, type: ResponseType.THROTTLED });
    });

    expect(document["x-amazon-apigateway-gateway-responses"]).toMatchSnapshot();
  });

  it("answers with status, headers and body of its own: everything", () => {
    const document = documentWith((api, stack) => {
      new GatewayResponse(stack, "Any", {
        restApi: api,
        type: ResponseType.THROTTLED,
        statusCode: "503",
        responseHeaders: { "Retry-After": "'1'", "X-Request-Id": "context.requestId" },
        templates: { "application/json": '{"error": $context.error.messageString}', "text/plain": "later" },
      });
    });

    expect(document["x-amazon-apigateway-gateway-responses"]).toMatchSnapshot();
  });
});
