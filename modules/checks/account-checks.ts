import { TerraformResource, type TerraformStack } from "cdktf";
import type { ErrorCode } from "../../definition/error-code";
import type { Quotas } from "../../definition/quotas";
import type { EndpointType } from "../../definition/rest-api";
import { quotasOf } from "../quotas";
import { templateText } from "../terraform-text";
import { type Warning, warnAtSynth } from "./warning";

interface AccountQuota {
  readonly things: string;
  readonly resourceType: string;
  /** Key of a quota that AWS raises, or the number that it never raises. */
  readonly quota: keyof Quotas | number;
  /** Counts resources of this endpoint type only. */
  readonly endpointType?: EndpointType;
}

/**
 * What an account may have in a region, and a stack alone can be too much for.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const ACCOUNT_QUOTAS: readonly AccountQuota[] = [
  { things: "usage plans", resourceType: "aws_api_gateway_usage_plan", quota: "usagePlans" },
  { things: "API keys", resourceType: "aws_api_gateway_api_key", quota: 10_000 },
  { things: "client certificates", resourceType: "aws_api_gateway_client_certificate", quota: "clientCertificates" },
  { things: "VPC links", resourceType: "aws_api_gateway_vpc_link", quota: "vpcLinks" },
  { things: "custom domains", resourceType: "aws_api_gateway_domain_name", quota: "domainNames" },
  { things: "regional APIs", resourceType: "aws_api_gateway_rest_api", quota: 600, endpointType: "REGIONAL" },
  { things: "edge-optimized APIs", resourceType: "aws_api_gateway_rest_api", quota: 120, endpointType: "EDGE" },
  { things: "private APIs", resourceType: "aws_api_gateway_rest_api", quota: 600, endpointType: "PRIVATE" },
];

/** Warns when a stack alone declares more than its account may have in its region. */
export function warnOfAccountQuotas(stack: TerraformStack): void {
  warnAtSynth(stack, () => {
    const resources = stack.node.findAll().filter((it) => TerraformResource.isTerraformResource(it));
    const quotas = quotasOf(stack);
    return [
      ...ACCOUNT_QUOTAS.flatMap((row) => exceeded(row, resources, quotas)),
      ...OWNER_QUOTAS.flatMap((row) => exceededByOne(row, resources, quotas)),
    ];
  });
}

function exceeded(row: AccountQuota, resources: readonly TerraformResource[], quotas: Quotas): readonly Warning[] {
  const { things, quota, resourceType, endpointType } = row;
  const declared = resources.filter(
    (it) => it.terraformResourceType === resourceType && (endpointType === undefined || isOfType(it, endpointType)),
  ).length;
  const allowed = typeof quota === "number" ? quota : quotas[quota];
  if (declared <= allowed) return [];
  const fix = typeof quota === "number" ? "" : `, or pass quotas: { ${quota}: … } to the stack when AWS has raised it`;
  return [
    {
      code: "ACCOUNT_QUOTA_EXCEEDED",
      problem: `an account may have ${allowed} ${things} in a region, and the stack declares ${declared}`,
      fix: `spread them over accounts or regions${fix}`,
    },
  ];
}

interface OwnerQuota {
  readonly code: ErrorCode;
  readonly resourceType: string;
  /** Argument that names the owner of the resource. */
  readonly owner: string;
  readonly quota: keyof Quotas;
  readonly problem: (allowed: number, declared: number) => string;
  readonly fix: string;
}

const OWNER_QUOTAS: readonly OwnerQuota[] = [
  {
    code: "STAGES_TOO_MANY",
    resourceType: "aws_api_gateway_stage",
    owner: "restApiIdInput",
    quota: "stagesPerApi",
    problem: (allowed, declared) => `an API may have ${allowed} stages, and one of the stack has ${declared}`,
    fix: "remove stages",
  },
  {
    code: "API_KEY_PLANS_TOO_MANY",
    resourceType: "aws_api_gateway_usage_plan_key",
    owner: "keyIdInput",
    quota: "plansPerApiKey",
    problem: (allowed, declared) =>
      `an API key may be in ${allowed} usage plans, and one of the stack is in ${declared}`,
    fix: "give the key's owner a second key",
  },
];

function exceededByOne(row: OwnerQuota, resources: readonly TerraformResource[], quotas: Quotas): readonly Warning[] {
  const { code, resourceType, owner, quota, problem, fix } = row;
  const counts = new Map<string, number>();
  for (const resource of resources.filter((it) => it.terraformResourceType === resourceType)) {
    const id = templateText(resource, String(Reflect.get(resource, owner))).text;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  if (most <= quotas[quota]) return [];
  const raise = `pass quotas: { ${quota}: … } to the stack when AWS has raised it`;
  return [{ code, problem: problem(quotas[quota], most), fix: `${fix}, or ${raise}` }];
}

function isOfType(resource: TerraformResource, endpointType: EndpointType): boolean {
  const { types = [] }: { types?: readonly string[] } = Reflect.get(resource, "endpointConfigurationInput") ?? {};
  return types.includes(endpointType);
}
