import { readFileSync } from "node:fs";
import { Fn } from "cdktf";
import { parse } from "yaml";
import { readStackJson } from "../../../../definition/terraform/read-stack";
import {
  ApiDefinition,
  AuthorizationType,
  AwsIntegration,
  Duration,
  HttpIntegration,
  LambdaIntegration,
  MockIntegration,
  Model,
  NodejsFunction,
  ResponseType,
  SpecRestApi,
  TokenAuthorizer,
} from "../../../../modules";
import {
  assertOrderRules,
  documentOf,
  onlyResource,
  resourcesOf,
  synthApi,
  type TerraformJson,
  terraformSnapshotSerializer,
} from "../../../../modules/testing";
import { integrationOf, member, operation } from "../../support/api";
import { warningsOf } from "../../support/warnings";
import { integrateAll, PETS, small, synthDocument, synthPets, withPets } from "./spec-api";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

const WRITTEN = parse(readFileSync(PETS, "utf8"));

const KEYS = ["method.request.querystring.kind", "method.request.header.Authorization"];

function deploymentsOf(terraform: TerraformJson): string[] {
  return Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"));
}

describe("SpecRestApi", () => {
  it("imports a document that says everything: minimal", () => {
    expect(synthDocument(small())).toMatchSnapshot();
  });

  it("merges what is declared in code: everything", () => {
    const terraform = synthPets(
      (api, stack) => {
        const handler = new NodejsFunction(stack, "CreatePet", { bundle: "create-pet" });
        api.integrate("POST /pets", new LambdaIntegration(handler));
        api.integrate("GET /pets/{petId}", new HttpIntegration("https://pets.example/pets/{petId}"));
        const authorizer = new TokenAuthorizer(stack, "Staff", { handler, authorizerName: "customer" });
        api.useAuthorizer(authorizer);
        api.route("DELETE /pets/{petId}", new LambdaIntegration(handler), { authorizer, apiKeyRequired: true });
        api.route("PUT /pets", new MockIntegration(), { requestBody: Model.fromModelName(stack, "Pet", "Pet") });
        api.addGatewayResponse("Missing", { type: ResponseType.RESOURCE_NOT_FOUND, statusCode: "404" });
        api.addUsagePlan("Plan", {
          apiStages: [
            {
              stage: api.deploymentStage,
              throttle: [{ method: api.method("GET /pets/{petId}"), throttle: { rateLimit: 1, burstLimit: 2 } }],
            },
          ],
        });
      },
      {
        disableExecuteApiEndpoint: true,
        binaryMediaTypes: ["image/png"],
        routeOptions: { "GET /pets": { cache: { ttl: Duration.minutes(1), keys: KEYS }, throttle: "blocked" } },
        parameters: { ignore: "documentation" },
        failOnWarnings: true,
      },
    );

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("passes on what API Gateway does not know, tags, examples and prose untouched", () => {
    const terraform = synthPets();

    expect({ ...documentOf(terraform), paths: undefined }).toEqual({ ...WRITTEN, paths: undefined });
    expect(operation(terraform, "GET /pets")).toEqual(WRITTEN.paths["/pets"].get);
  });

  it("takes texts of the document for literals, whatever Terraform would make of them", () => {
    const { body } = onlyResource(synthPets(), "aws_api_gateway_rest_api_put");

    expect(body).toContain("https://$${stageVariables.host}/pets");
    expect(body).toContain("Costs $${amount} and 10%%{");
  });

  it("takes cdktf tokens of an object for references", () => {
    const uri = `https://${Fn.join(".", ["a", "example"])}/`;
    const terraform = synthDocument(
      small({}, { "x-amazon-apigateway-integration": { type: "http_proxy", httpMethod: "GET", uri } }),
    );

    expect(onlyResource(terraform, "aws_api_gateway_rest_api_put").body).toContain("https://${join(");
  });

  it("names and describes the API as the document does, in both places", () => {
    expect(onlyResource(synthPets(), "aws_api_gateway_rest_api")).toMatchObject({
      name: "pets",
      description: "What a pet shop can do",
    });
  });

  it("prefers name and description of the props, in both places", () => {
    const terraform = synthPets(integrateAll, { restApiName: "zoo", description: "other" });

    expect(onlyResource(terraform, "aws_api_gateway_rest_api")).toMatchObject({ name: "zoo", description: "other" });
    expect(documentOf(terraform).info).toEqual({ ...WRITTEN.info, title: "zoo", description: "other" });
  });

  it("is named by its construct when the document has no title", () => {
    expect(onlyResource(synthDocument(small({ info: {} })), "aws_api_gateway_rest_api").name).toBe("Spec");
  });

  it("rolls nothing back for warnings unless asked to", () => {
    expect(onlyResource(synthPets(), "aws_api_gateway_rest_api_put").fail_on_warnings).toBe(false);
  });

  it("reads JSON as well as YAML", () => {
    const apiDefinition = ApiDefinition.fromAsset(PETS.replace("pets.yaml", "pets-swagger.json"));

    const terraform = synthApi((stack) => new SpecRestApi(stack, "Api", { apiDefinition }));

    expect(documentOf(terraform).swagger).toBe("2.0");
  });

  it("is read back as the API that was declared", async () => {
    const terraform = synthPets(withPets((api) => api.route("DELETE /pets/{petId}", new MockIntegration())));

    const { apis } = await readStackJson(JSON.parse(JSON.stringify(terraform)), "test");

    expect(apis[0]?.api.methods.map(({ httpMethod, resourcePath }) => `${httpMethod} ${resourcePath}`)).toEqual([
      "GET /pets",
      "POST /pets",
      "DELETE /pets/{petId}",
      "GET /pets/{petId}",
    ]);
  });
});

it("is read back with the variables that API Gateway fills in at import", async () => {
  const uri =
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:f/invocations/${AWS::Other}";
  const terraform = synthDocument(
    small({}, { "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri } }),
  );

  const { apis } = await readStackJson(JSON.parse(JSON.stringify(terraform)), "test");

  expect(apis[0]?.api.methods[0]?.integration.uri).toBe(
    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:f/invocations/${AWS::Other}",
  );
});

describe("a deployment of an imported document", () => {
  const described = (members: object, operationMembers: object) =>
    deploymentsOf(synthDocument(small(members, operationMembers)));

  it("stays when only prose changes", () => {
    const prose = { info: { title: "small", version: "2" }, tags: [{ name: "t" }], "x-tool": 1 };

    expect(described(prose, { description: "d", tags: ["t"], "x-team": "zoo" })).toEqual(described({}, {}));
  });

  it("is another when an integration changes", () => {
    const other = {
      "x-amazon-apigateway-integration": { type: "http_proxy", httpMethod: "GET", uri: "https://a.example" },
    };

    expect(described({}, other)).not.toEqual(described({}, {}));
  });
});

describe("integrate", () => {
  it("gives an operation its backend, with permission and order", () => {
    const terraform = synthPets((api, stack) => {
      const handler = new NodejsFunction(stack, "Pets2", { bundle: "pets" });
      for (const route of ["POST /pets", "get /pets/{petId}"]) api.integrate(route, new LambdaIntegration(handler));
    });

    const post = operation(terraform, "POST /pets");
    expect(post).toEqual({
      ...WRITTEN.paths["/pets"].post,
      "x-amazon-apigateway-integration": {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: expect.stringMatching(/^arn:aws:apigateway:eu-west-1:lambda:path\/.*:live\/invocations$/),
      },
    });
    expect(Object.keys(resourcesOf(terraform, "aws_lambda_permission"))).toHaveLength(1);
    assertOrderRules(terraform);
  });

  it("declares what the integration maps: parameters, statuses and headers", () => {
    const mapped = new AwsIntegration({
      service: "s3",
      path: "pets",
      options: {
        requestParameters: { "integration.request.header.Kind": "method.request.header.X-Kind" },
        integrationResponses: [
          { statusCode: "404", responseParameters: { "method.response.header.X-Reason": "'none'" } },
          { statusCode: "500", selectionPattern: "5.." },
        ],
      },
    });

    const terraform = synthPets((api) => {
      api.integrate("POST /pets", new MockIntegration());
      api.integrate("GET /pets/{petId}", mapped);
    });

    const { parameters, responses } = operation(terraform, "GET /pets/{petId}");
    expect(parameters).toEqual([{ name: "X-Kind", in: "header", required: false, schema: { type: "string" } }]);
    expect(responses).toEqual({
      404: { description: "No such pet", headers: { "X-Reason": { schema: { type: "string" } } } },
      500: { description: "500 response" },
      default: { description: "Whatever" },
    });
  });

  it("returns a method with an ARN and metrics", () => {
    synthPets(
      withPets((api) => {
        const method = api.method("GET /pets/{petId}");

        expect(method.methodArn).toMatch(/\/prod\/GET\/pets\/\*$/);
        expect(api.methods.map(({ route }) => route).sort()).toEqual(["GET /pets", "GET /pets/{petId}", "POST /pets"]);
      }),
    );
  });
});

describe("routes of a document on a stage", () => {
  it("take settings, by methodOptions and by routeOptions", () => {
    const terraform = synthPets(integrateAll, {
      deployOptions: { methodOptions: { "/pets/POST": { throttlingRateLimit: 5 } } },
      routeOptions: { "GET /pets/{petId}": { throttle: { rateLimit: 1, burstLimit: 2 } } },
    });

    const settings = Object.values(resourcesOf(terraform, "aws_api_gateway_method_settings"));
    expect(Object.fromEntries(settings.map(({ method_path, settings: it }) => [method_path, it]))).toEqual({
      "~1pets/POST": expect.objectContaining({ throttling_rate_limit: 5 }),
      "~1pets~1{petId}/GET": expect.objectContaining({ throttling_rate_limit: 1, throttling_burst_limit: 2 }),
    });
  });

  it("are cached by all that the document declares, without another change of their integration", () => {
    const terraform = synthPets(integrateAll, { routeOptions: { "GET /pets": { cache: {} } } });

    expect(integrationOf(terraform, "GET /pets")).toEqual({
      ...WRITTEN.paths["/pets"].get["x-amazon-apigateway-integration"],
      cacheKeyParameters: ["method.request.querystring.kind"],
    });
    expect(onlyResource(terraform, "aws_api_gateway_stage").cache_cluster_enabled).toBe(true);
  });
});

describe("security of a document", () => {
  const guard = (api: SpecRestApi, stack: ConstructorParameters<typeof NodejsFunction>[0]) => {
    const handler = new NodejsFunction(stack, "Authorize", { bundle: "authorize" });
    api.useAuthorizer(new TokenAuthorizer(stack, "customer", { handler }));
  };

  it("gets authorizers from code by the names of its schemes", () => {
    const terraform = synthPets(withPets(guard));

    expect(member(documentOf(terraform), "components", "securitySchemes", "customer")).toMatchObject({
      type: "apiKey",
      description: "A customer",
      "x-amazon-apigateway-authorizer": { type: "token" },
    });
  });

  it("lends its authorizers and key schemes to routes in code", () => {
    const authorizer = { type: "token", authorizerUri: "arn:aws:apigateway:…" };
    const securitySchemes = {
      staff: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authorizer": authorizer },
      api_key: { type: "apiKey", name: "api_key", in: "header" },
    };

    const terraform = synthDocument(small({ components: { securitySchemes } }), (api) => {
      api.route("GET /b", new MockIntegration(), { authorizer: api.authorizer("staff"), apiKeyRequired: true });
      api.route("GET /c", new MockIntegration(), { authorizationType: AuthorizationType.IAM });
    });

    expect(operation(terraform, "GET /b").security).toEqual([{ api_key_: [], staff: [] }]);
    expect(operation(terraform, "GET /c").security).toEqual([{ sigv4: [] }]);
    expect(member(documentOf(terraform), "components", "securitySchemes")).toMatchObject(securitySchemes);
  });

  it("may name scopes that API Gateway does not look at", () => {
    const authorizer = { type: "token", authorizerUri: "arn:aws:apigateway:…" };
    const staff = { type: "apiKey", name: "Auth", in: "header", "x-amazon-apigateway-authorizer": authorizer };
    const security = [{ staff: ["pets:read"] }];

    const terraform = synthDocument(small({ components: { securitySchemes: { staff } } }, { security }));

    expect(operation(terraform, "GET /a").security).toEqual(security);
  });

  it("is warned of where API Gateway would ignore it", () => {
    const warnings = warningsOf((stack) => {
      integrateAll(new SpecRestApi(stack, "Pets", { apiDefinition: ApiDefinition.fromAsset(PETS) }));
    });

    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^DOCUMENT_SECURITY_IGNORED: .+ open: GET \/pets \(customer\)\n {2}at test\/Pets\n {2}fix: declare an authorizer/,
      ),
    );
  });
});

describe("CORS of a document", () => {
  it("answers preflights of its paths, for its methods and those in code", () => {
    const terraform = synthPets(
      withPets((api) => api.root.resourceForPath("pets").addMethod("PUT", new MockIntegration())),
      { defaultCorsPreflightOptions: { allowOrigins: ["https://shop.example"] } },
    );

    const { responses } = integrationOf(terraform, "OPTIONS /pets");
    expect(responses).toMatchObject({
      default: {
        responseParameters: { "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS,POST,PUT'" },
      },
    });
    expect(operation(terraform, "GET /pets/{petId}").responses).toMatchObject({
      200: { headers: { "Access-Control-Allow-Origin": {} } },
    });
    expect(documentOf(terraform)["x-amazon-apigateway-gateway-responses"]).toHaveProperty("DEFAULT_5XX");
  });
});

describe("CORS of a path that answers preflights itself", () => {
  it("adds no second method OPTIONS, and asks nothing of the first", () => {
    const { paths } = small() as { paths: { "/a": { get: object } } };
    const document = small({ paths: { "/a": { options: paths["/a"].get } } });

    const terraform = synthDocument(document, undefined, { defaultCorsPreflightOptions: { allowOrigins: ["*"] } });

    expect(documentOf(terraform).paths).toEqual({ "/a": { options: paths["/a"].get } });
  });
});

describe("Swagger 2.0", () => {
  const swagger = { swagger: "2.0", info: { title: "old", version: "1" }, definitions: { Old: { type: "object" } } };

  it("stays Swagger when routes are merged into it", () => {
    const terraform = synthDocument({ ...swagger, paths: {} }, (api, stack) => {
      const requestBody = new Model(stack, "New", { restApi: api, schema: { type: "object" } });
      api.route("POST /a/{id}", new MockIntegration(), { requestBody, apiKeyRequired: true });
    });

    expect(documentOf(terraform)).toMatchObject({
      swagger: "2.0",
      definitions: { Old: { type: "object" }, New: { type: "object" } },
      securityDefinitions: { api_key: { type: "apiKey" } },
      paths: {
        "/a/{id}": {
          post: {
            consumes: ["application/json"],
            parameters: [
              { name: "id", in: "path", required: true, type: "string" },
              { name: "body", in: "body", required: true, schema: { $ref: "#/definitions/New" } },
            ],
          },
        },
      },
    });
    expect(documentOf(terraform)).not.toHaveProperty("components");
  });

  it("has its endpoint at the root of the document", () => {
    const terraform = synthDocument({ ...swagger, paths: {} }, (api) => api.route("GET /"), {
      disableExecuteApiEndpoint: true,
    });

    expect(documentOf(terraform)["x-amazon-apigateway-endpoint-configuration"]).toEqual({
      disableExecuteApiEndpoint: true,
    });
  });
});

describe("what document and props say about the API", () => {
  it("is taken from the document", () => {
    const terraform = synthDocument(
      small({
        servers: [{ url: "/", "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-1"] } }],
        "x-amazon-apigateway-policy": { Version: "2012-10-17", Statement: [{ Effect: "Allow" }] },
        "x-amazon-apigateway-binary-media-types": ["image/png"],
      }),
      (api) => api.grantInvokeFromVpcEndpointsOnly(["vpce-1"]),
      { endpointTypes: ["PRIVATE"] },
    );

    expect(onlyResource(terraform, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({ types: ["PRIVATE"] });
    expect(documentOf(terraform)).toMatchObject({
      servers: [{ "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-1"] } }],
      "x-amazon-apigateway-policy": { Statement: [{ Effect: "Allow" }, { Effect: "Deny" }, { Effect: "Allow" }] },
      "x-amazon-apigateway-binary-media-types": ["image/png"],
    });
  });

  it("goes to the first server when the document has servers", () => {
    const terraform = synthPets(integrateAll, { disableExecuteApiEndpoint: true });

    expect(documentOf(terraform).servers).toEqual([
      { ...WRITTEN.servers[0], "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } },
    ]);
  });
});
