import {
  Code,
  Duration,
  type IModel,
  Function as LambdaFunction,
  MockIntegration,
  Runtime,
  TokenAuthorizer,
} from "../../../../modules";
import type { Build, ChangeRow } from "../change-row";
import { oneRoute, onlyMethod } from "./one-route";

/** Changes of what a route asks of callers. */
export const METHOD_ROWS: readonly ChangeRow[] = [
  {
    name: "change-validator",
    before: validated({ validateRequestParameters: true }),
    after: validated({ validateRequestBody: true }),
    redeploys: true,
    emissions: {
      resources: {
        plan: [
          "aws_api_gateway_method update",
          "aws_api_gateway_request_validator create",
          "aws_api_gateway_request_validator delete",
        ],
        hazard: {
          because: "Terraform deletes the validator that no route uses any more after it has taken the snapshot",
          warning: "REMOVED_ROUTES_STAY_LIVE",
          staysLive: true,
        },
      },
    },
    shows: { of: (live) => onlyMethod(live)?.requestValidator, before: "parameters", after: "body" },
  },
  {
    name: "change-model",
    before: oneRoute({ method: { requestBody: model("string") } }),
    after: oneRoute({ method: { requestBody: model("number") } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_model update"] } },
    shows: {
      of: ({ api }) => api.models.Order?.schema.properties,
      before: { id: { type: "string" } },
      after: { id: { type: "number" } },
    },
  },
  {
    name: "change-model-content-type",
    before: oneRoute({ method: { requestBody: model("string") } }),
    after: oneRoute({ method: { requestBody: { ...model("string"), contentType: "application/vnd.order+json" } } }),
    redeploys: true,
    emissions: {
      resources: {
        plan: ["aws_api_gateway_method update", "aws_api_gateway_model create+delete"],
        fails: {
          because: "AWS changes no content type, and refuses a second model of one name",
          message: "Model name already exists for this REST API",
          again: "fails",
          warning: "REMOVED_ROUTES_STAY_LIVE",
        },
      },
    },
    shows: {
      of: (live) => onlyMethod(live)?.requestModels,
      before: { "application/json": "Order" },
      after: { "application/vnd.order+json": "Order" },
    },
  },
  {
    name: "add-authorizer",
    before: authorized(),
    after: authorized(300),
    redeploys: true,
    plan: ["aws_lambda_permission create"],
    emissions: {
      resources: { plan: ["aws_api_gateway_authorizer create", "aws_api_gateway_method update"] },
    },
    shows: { of: (live) => onlyMethod(live)?.authorizationType, before: "NONE", after: "CUSTOM" },
  },
  {
    name: "change-authorizer",
    before: authorized(300),
    after: authorized(0),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_authorizer update"] } },
    shows: {
      of: ({ api }) => Object.values(api.authorizers).map(({ resultTtlSeconds }) => resultTtlSeconds),
      before: [300],
      after: [0],
    },
  },
  {
    name: "remove-authorizer",
    before: authorized(300),
    after: authorized(),
    redeploys: true,
    plan: ["aws_lambda_permission delete"],
    emissions: {
      resources: {
        plan: ["aws_api_gateway_authorizer delete", "aws_api_gateway_method update"],
        hazard: {
          because: "Terraform deletes the authorizer that no route uses any more after it has taken the snapshot",
          warning: "REMOVED_ROUTES_STAY_LIVE",
          staysLive: true,
        },
      },
    },
    order: [
      ["UpdateMethod", "DeleteAuthorizer"],
      ["UpdateStage", "RemovePermission"],
    ],
    shows: { of: (live) => onlyMethod(live)?.authorizationType, before: "CUSTOM", after: "NONE" },
  },
  {
    name: "require-api-key",
    before: oneRoute(),
    after: oneRoute({ method: { apiKeyRequired: true } }),
    redeploys: true,
    emissions: { resources: { plan: ["aws_api_gateway_method update"] } },
    shows: { of: (live) => onlyMethod(live)?.apiKeyRequired, before: false, after: true },
  },
];

function validated(requestValidatorOptions: { validateRequestBody?: true; validateRequestParameters?: true }): Build {
  return oneRoute({
    method: {
      requestValidatorOptions,
      requestBody: model("string"),
      requestParameters: { "method.request.querystring.limit": true },
    },
  });
}

function model(type: "string" | "number"): IModel {
  const schema = { type: "object", properties: { id: { type } } };
  return { modelName: "Order", contentType: "application/json", schema };
}

/** A route behind a function that decides, or with that function beside it. */
function authorized(ttlSeconds?: number): Build {
  return ({ api, scope, named }) => {
    const handler = new LambdaFunction(scope, "Authorize", {
      functionName: named("authorize"),
      runtime: Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: Code.fromInline("exports.handler = async () => ({ principalId: 'user' });"),
    });
    const authorizer =
      ttlSeconds === undefined
        ? undefined
        : new TokenAuthorizer(scope, "Token", { handler, resultsCacheTtl: Duration.seconds(ttlSeconds) });
    api().route("GET /orders", new MockIntegration(), authorizer && { authorizer });
  };
}
