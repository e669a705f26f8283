import { environmentOf } from "../environment";
import { PolicyStatement } from "../iam/policy-statement";
import type { ResourceKind } from "../iam/resource-kinds";
import { Role, ServiceRole } from "../iam/role";
import { type RoleTarget, roleDependencies } from "../iam/role-target";
import { namePart } from "../naming";
import type { Method } from "../rest-api/method";
import { OncePerApi } from "../rest-api/once-per-api";
import { literal } from "../terraform-text";
import { AwsIntegration, type AwsIntegrationProps } from "./aws-integration";
import type { IntegrationConfig, IntegrationOptions, IntegrationResponse } from "./integration";
import type { ResolvedServiceTarget } from "./service-target";

/** What the ready-made integrations with services share. Whatever is given here wins over what the integration does. */
export interface ServiceIntegrationOptions extends Omit<IntegrationOptions, "requestTemplates"> {
  /**
   * Role that API Gateway assumes. A `Role` is allowed the call; another role must be allowed it already.
   * @default - a role that may make this call and no other
   */
  readonly credentialsRole?: RoleTarget;
  /**
   * Key that encrypts the data; the role may use it.
   * @default - the key that the resource is declared with, where its Terraform resource says so
   */
  readonly encryptionKey?: { readonly arn: string };
}

/** One call of a service, as an integration makes it. */
export interface ServiceCall {
  readonly kind: ResourceKind;
  readonly target: ResolvedServiceTarget;
  /** IAM actions, as in `sns:Publish`. */
  readonly actions: readonly string[];
  /** @default - the target */
  readonly resources?: readonly string[];
  readonly request: Pick<AwsIntegrationProps, "service" | "action" | "path" | "integrationHttpMethod">;
  /** Header → mapping expression. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Mapping template of JSON requests.
   * @default - the body of the client
   */
  readonly template?: string;
  readonly responses: readonly IntegrationResponse[];
  readonly options: ServiceIntegrationOptions;
}

/** The integration of one method with a service, by a role that may make this call. */
export function callService(method: Method, call: ServiceCall): IntegrationConfig {
  const { target, template, headers = {} } = call;
  const { encryptionKey, ...options } = call.options;
  const role = options.credentialsPassthrough ? undefined : (options.credentialsRole ?? callerRole(method, call));
  if (role instanceof Role) allowCall(role, call);
  const own = environmentOf(method).region;
  const service = new AwsIntegration({
    ...call.request,
    ...(target.region === own ? {} : { region: target.region }),
    options: {
      integrationResponses: call.responses,
      ...(template === undefined
        ? {}
        : { passthroughBehavior: "NEVER", requestTemplates: { "application/json": template } }),
      ...options,
      ...(role === undefined ? {} : { credentialsRole: role }),
      requestParameters: {
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [`integration.request.header.${name}`, value]),
        ),
        ...options.requestParameters,
      },
    },
  });
  const ofRole = () => (role === undefined ? [] : roleDependencies(role));
  return { ...service.bind(method), dependencies: () => [...ofRole(), ...target.dependencies] };
}

const callerRoles = new OncePerApi<ServiceRole>();

/** Routes that call the same resource share a role, which may do what each of them needs. */
function callerRole({ api }: Method, { kind, target }: ServiceCall): ServiceRole {
  const own = environmentOf(api);
  const parts = [
    target.name,
    ...(target.region === own.region ? [] : [target.region]),
    ...(target.account === own.accountId ? [] : [literal(target.account)]),
  ];
  const place = namePart(parts.filter((part) => part !== undefined).join("-"));
  const label = namePart(kind.label);
  return callerRoles.get(api, `Call-${label}-${place}`, (id) => {
    return new ServiceRole(api, id, {
      roleName: `${namePart(api.restApiName)}-${place}-${label}-${own.region}`,
      service: "apigateway.amazonaws.com",
      description: `Lets the API ${namePart(api.restApiName)} call the ${kind.label} ${namePart(target.name)}`,
    });
  });
}

function allowCall(role: Role, { target, actions, resources, options }: ServiceCall): void {
  role.addToPolicy(new PolicyStatement({ actions, resources: resources ?? [target.arn] }));
  const keyArn = options.encryptionKey?.arn ?? target.keyArn?.();
  if (keyArn !== undefined) {
    role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] }));
  }
}
