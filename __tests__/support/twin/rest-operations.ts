/** One operation of a REST-protocol service; `{name}` is one path segment, called as AWS calls the parameter. */
export interface RestOperation {
  readonly method: string;
  readonly path: readonly string[];
  readonly operation: string;
}

const rows = (...lines: string[]): RestOperation[] =>
  lines.map((line) => {
    const [method = "", path = "", operation = ""] = line.split(/\s+/);
    return { method, path: path.split("/").slice(1), operation };
  });

const API = "/restapis/{restApiId}";
const METHOD = `${API}/resources/{resourceId}/methods/{httpMethod}`;
const FUNCTION = "/2015-03-31/functions/{FunctionName}";

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
const API_GATEWAY = rows(
  "POST /restapis CreateRestApi",
  "GET /restapis GetRestApis",
  `GET ${API} GetRestApi`,
  `PUT ${API} PutRestApi`,
  `PATCH ${API} UpdateRestApi`,
  `DELETE ${API} DeleteRestApi`,
  `GET ${API}/resources GetResources`,
  `GET ${API}/resources/{resourceId} GetResource`,
  `POST ${API}/resources/{parentId} CreateResource`,
  `PATCH ${API}/resources/{resourceId} UpdateResource`,
  `DELETE ${API}/resources/{resourceId} DeleteResource`,
  `PUT ${METHOD} PutMethod`,
  `GET ${METHOD} GetMethod`,
  `PATCH ${METHOD} UpdateMethod`,
  `DELETE ${METHOD} DeleteMethod`,
  `PUT ${METHOD}/responses/{statusCode} PutMethodResponse`,
  `GET ${METHOD}/responses/{statusCode} GetMethodResponse`,
  `PATCH ${METHOD}/responses/{statusCode} UpdateMethodResponse`,
  `DELETE ${METHOD}/responses/{statusCode} DeleteMethodResponse`,
  `PUT ${METHOD}/integration PutIntegration`,
  `GET ${METHOD}/integration GetIntegration`,
  `PATCH ${METHOD}/integration UpdateIntegration`,
  `DELETE ${METHOD}/integration DeleteIntegration`,
  `PUT ${METHOD}/integration/responses/{statusCode} PutIntegrationResponse`,
  `GET ${METHOD}/integration/responses/{statusCode} GetIntegrationResponse`,
  `PATCH ${METHOD}/integration/responses/{statusCode} UpdateIntegrationResponse`,
  `DELETE ${METHOD}/integration/responses/{statusCode} DeleteIntegrationResponse`,
  `POST ${API}/deployments CreateDeployment`,
  `GET ${API}/deployments GetDeployments`,
  `GET ${API}/deployments/{deploymentId} GetDeployment`,
  `PATCH ${API}/deployments/{deploymentId} UpdateDeployment`,
  `DELETE ${API}/deployments/{deploymentId} DeleteDeployment`,
  `POST ${API}/stages CreateStage`,
  `GET ${API}/stages GetStages`,
  `GET ${API}/stages/{stageName} GetStage`,
  `PATCH ${API}/stages/{stageName} UpdateStage`,
  `DELETE ${API}/stages/{stageName} DeleteStage`,
  `GET ${API}/stages/{stageName}/exports/{exportType} GetExport`,
  `POST ${API}/models CreateModel`,
  `GET ${API}/models/{modelName} GetModel`,
  `PATCH ${API}/models/{modelName} UpdateModel`,
  `DELETE ${API}/models/{modelName} DeleteModel`,
  `POST ${API}/authorizers CreateAuthorizer`,
  `GET ${API}/authorizers/{authorizerId} GetAuthorizer`,
  `PATCH ${API}/authorizers/{authorizerId} UpdateAuthorizer`,
  `DELETE ${API}/authorizers/{authorizerId} DeleteAuthorizer`,
  `POST ${API}/requestvalidators CreateRequestValidator`,
  `GET ${API}/requestvalidators/{requestValidatorId} GetRequestValidator`,
  `PATCH ${API}/requestvalidators/{requestValidatorId} UpdateRequestValidator`,
  `DELETE ${API}/requestvalidators/{requestValidatorId} DeleteRequestValidator`,
  `PUT ${API}/gatewayresponses/{responseType} PutGatewayResponse`,
  `GET ${API}/gatewayresponses/{responseType} GetGatewayResponse`,
  `PATCH ${API}/gatewayresponses/{responseType} UpdateGatewayResponse`,
  `DELETE ${API}/gatewayresponses/{responseType} DeleteGatewayResponse`,
  "POST /usageplans CreateUsagePlan",
  "GET /usageplans GetUsagePlans",
  "GET /usageplans/{usageplanId} GetUsagePlan",
  "PATCH /usageplans/{usageplanId} UpdateUsagePlan",
  "DELETE /usageplans/{usageplanId} DeleteUsagePlan",
  "POST /usageplans/{usageplanId}/keys CreateUsagePlanKey",
  "GET /usageplans/{usageplanId}/keys GetUsagePlanKeys",
  "GET /usageplans/{usageplanId}/keys/{keyId} GetUsagePlanKey",
  "DELETE /usageplans/{usageplanId}/keys/{keyId} DeleteUsagePlanKey",
  "POST /apikeys CreateApiKey",
  "GET /apikeys GetApiKeys",
  "GET /apikeys/{apiKey} GetApiKey",
  "PATCH /apikeys/{apiKey} UpdateApiKey",
  "DELETE /apikeys/{apiKey} DeleteApiKey",
  "GET /account GetAccount",
  "PATCH /account UpdateAccount",
  "GET /tags/{resourceArn} GetTags",
  "PUT /tags/{resourceArn} TagResource",
  "DELETE /tags/{resourceArn} UntagResource",
  "POST /domainnames CreateDomainName",
  "GET /domainnames/{domainName} GetDomainName",
  "PATCH /domainnames/{domainName} UpdateDomainName",
  "DELETE /domainnames/{domainName} DeleteDomainName",
  "POST /domainnames/{domainName}/basepathmappings CreateBasePathMapping",
  "GET /domainnames/{domainName}/basepathmappings GetBasePathMappings",
  "GET /domainnames/{domainName}/basepathmappings/{basePath} GetBasePathMapping",
  "PATCH /domainnames/{domainName}/basepathmappings/{basePath} UpdateBasePathMapping",
  "DELETE /domainnames/{domainName}/basepathmappings/{basePath} DeleteBasePathMapping",
  "POST /vpclinks CreateVpcLink",
  "GET /vpclinks/{vpcLinkId} GetVpcLink",
  "PATCH /vpclinks/{vpcLinkId} UpdateVpcLink",
  "DELETE /vpclinks/{vpcLinkId} DeleteVpcLink",
);

/** Source: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const LAMBDA = rows(
  "POST /2015-03-31/functions CreateFunction",
  "GET /2015-03-31/functions ListFunctions",
  `GET ${FUNCTION} GetFunction`,
  `DELETE ${FUNCTION} DeleteFunction`,
  `PUT ${FUNCTION}/code UpdateFunctionCode`,
  `GET ${FUNCTION}/configuration GetFunctionConfiguration`,
  `PUT ${FUNCTION}/configuration UpdateFunctionConfiguration`,
  `POST ${FUNCTION}/versions PublishVersion`,
  `GET ${FUNCTION}/versions ListVersionsByFunction`,
  `POST ${FUNCTION}/aliases CreateAlias`,
  `GET ${FUNCTION}/aliases/{Name} GetAlias`,
  `PUT ${FUNCTION}/aliases/{Name} UpdateAlias`,
  `DELETE ${FUNCTION}/aliases/{Name} DeleteAlias`,
  `GET ${FUNCTION}/policy GetPolicy`,
  `POST ${FUNCTION}/policy AddPermission`,
  `DELETE ${FUNCTION}/policy/{StatementId} RemovePermission`,
  "PUT /2017-10-31/functions/{FunctionName}/concurrency PutFunctionConcurrency",
  "DELETE /2017-10-31/functions/{FunctionName}/concurrency DeleteFunctionConcurrency",
  "GET /2020-06-30/functions/{FunctionName}/code-signing-config GetFunctionCodeSigningConfig",
  "GET /2017-03-31/tags/{Resource} ListTags",
  "POST /2017-03-31/tags/{Resource} TagResource",
  "DELETE /2017-03-31/tags/{Resource} UntagResource",
);

/** Tables of the REST-protocol services that Headgate deploys to, by the service's name in a SigV4 scope. */
export const REST_OPERATIONS: Readonly<Record<string, readonly RestOperation[]>> = {
  apigateway: API_GATEWAY,
  lambda: LAMBDA,
};
