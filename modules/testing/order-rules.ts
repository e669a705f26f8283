import { DATA_RESOURCE_TYPES } from "../functions/data-references";
import { attribute, type GraphNode, ReferenceGraph } from "./reference-graph";
import { neededByRoutes } from "./route-needs";
import type { TerraformJson } from "./synth-api";

/** One place where a stack would be applied in an order that breaks traffic or loses data. */
export interface OrderViolation {
  readonly rule: OrderRule;
  readonly address: string;
  readonly problem: string;
}

/**
 * 1. `import-first`: the import depends on the API only, the deployment on API and import, or on all parts of the API, only.
 *    `traffic-last`: a stage depends on all that its routes need at run time.
 * 2. `replace-first`: what is replaced or renamed goes after the stage has moved, so it has `create_before_destroy`.
 *    `distinct-statements`: two permissions must be able to live side by side.
 * 3. `data-apart`: nothing that holds data or a fixed name is reachable from `create_before_destroy`, which Terraform
 *    forces on everything upstream.
 */
export type OrderRule = "import-first" | "traffic-last" | "replace-first" | "distinct-statements" | "data-apart";

/** Throws with all violations of the order rules in one message. */
export function assertOrderRules(terraform: TerraformJson): void {
  const violations = orderViolations(terraform);
  if (violations.length === 0) return;
  const lines = violations.map(({ rule, address, problem }) => `${rule}: ${address} ${problem}`);
  throw new Error(`the order of apply is wrong\n  ${lines.join("\n  ")}`);
}

/** All violations of the order rules in a synthesized stack. */
export function orderViolations(terraform: TerraformJson): readonly OrderViolation[] {
  const graph = new ReferenceGraph(terraform);
  return [
    ...onlyDependsOn(graph, "aws_api_gateway_rest_api_put", ["aws_api_gateway_rest_api"]),
    ...onlyDependsOn(graph, "aws_api_gateway_deployment", [
      "aws_api_gateway_rest_api",
      "aws_api_gateway_rest_api_put",
      ...PART_TYPES,
    ]),
    ...deploymentsWithoutSources(graph),
    ...stagesBeforeNeeds(graph),
    ...withoutCreateBeforeDestroy(graph),
    ...policiesWithoutCreateBeforeDestroy(graph),
    ...sharedStatements(graph),
    ...dataUpstream(graph),
  ];
}

/** What an API consists of when it is no document. */
const PART_TYPES = [
  "aws_api_gateway_authorizer",
  "aws_api_gateway_gateway_response",
  "aws_api_gateway_integration",
  "aws_api_gateway_integration_response",
  "aws_api_gateway_method",
  "aws_api_gateway_method_response",
  "aws_api_gateway_model",
  "aws_api_gateway_request_validator",
  "aws_api_gateway_resource",
  "aws_api_gateway_rest_api_policy",
] as const;

const NETWORK_TYPES = ["aws_security_group", "aws_subnet", "aws_vpc", "aws_vpc_endpoint"] as const;

const REPLACED_FIRST = [
  "aws_api_gateway_deployment",
  "aws_iam_role",
  "aws_lambda_alias",
  "aws_lambda_function",
  "aws_lambda_permission",
] as const;

function onlyDependsOn(graph: ReferenceGraph, type: string, allowed: readonly string[]): OrderViolation[] {
  return graph.ofType(type).flatMap(({ address }) =>
    graph
      .reachableFrom(address)
      .filter((node) => !node.isData && !allowed.includes(node.type) && !isNamedByAws(node))
      .map((node) => violation("import-first", address, `depends on ${node.address}`)),
  );
}

/**
 * Only AWS knows the ids of VPC endpoints, and they cannot travel as stage variables. Where the document names them they
 * come first, with the network that they are in.
 */
function isNamedByAws({ type }: GraphNode): boolean {
  return NETWORK_TYPES.some((named) => named === type);
}

/** A snapshot is taken when all that belongs to its API is there: the import, or every part. */
function deploymentsWithoutSources(graph: ReferenceGraph): OrderViolation[] {
  return graph.ofType("aws_api_gateway_deployment").flatMap(({ address }) => {
    const reached = graph.reachableFrom(address);
    const addresses = new Set(reached.map((node) => node.address));
    return sourcesOf(graph, reached)
      .filter((source) => !addresses.has(source.address))
      .map((source) => violation("import-first", address, `does not wait for ${source.address}`));
  });
}

function stagesBeforeNeeds(graph: ReferenceGraph): OrderViolation[] {
  return graph.ofType("aws_api_gateway_stage").flatMap((stage) => {
    const reached = graph.reachableFrom(stage.address);
    const addresses = new Set(reached.map(({ address }) => address));
    return neededByRoutes(graph, sourcesOf(graph, reached))
      .filter(({ address }) => !addresses.has(address))
      .map(({ address }) => violation("traffic-last", stage.address, `does not wait for ${address}`));
  });
}

/** The imports into the APIs among these, and their parts, also when nothing waits for them. */
function sourcesOf(graph: ReferenceGraph, reached: readonly GraphNode[]): readonly GraphNode[] {
  const apis = new Set(reached.filter(({ type }) => type === "aws_api_gateway_rest_api").map(({ address }) => address));
  return ["aws_api_gateway_rest_api_put", ...PART_TYPES]
    .flatMap((type) => graph.ofType(type))
    .filter(({ dependencies }) => dependencies.some((address) => apis.has(address)));
}

function withoutCreateBeforeDestroy(graph: ReferenceGraph): OrderViolation[] {
  return REPLACED_FIRST.flatMap((type) => graph.ofType(type))
    .filter((node) => !node.isData && !createsBeforeDestroy(node))
    .map(({ address }) => violation("replace-first", address, "has no create_before_destroy"));
}

/** What a role may do must not go before its role. A policy that refers to more than its role cannot have the flag. */
function policiesWithoutCreateBeforeDestroy(graph: ReferenceGraph): OrderViolation[] {
  return graph
    .ofType("aws_iam_role_policy")
    .filter((node) => !createsBeforeDestroy(node))
    .filter(({ address }) =>
      graph.reachableFrom(address).every(({ type, isData }) => isData || type === "aws_iam_role"),
    )
    .map(({ address }) => violation("replace-first", address, "has no create_before_destroy"));
}

function sharedStatements(graph: ReferenceGraph): OrderViolation[] {
  const permissions = graph.ofType("aws_lambda_permission");
  return permissions.flatMap(({ address, body }) => {
    const statementId = attribute(body, "statement_id");
    if (typeof statementId === "string" && /[0-9a-f]{8}/.test(statementId)) return [];
    return violation("distinct-statements", address, "has no statement_id with a hash of principal and source");
  });
}

function dataUpstream(graph: ReferenceGraph): OrderViolation[] {
  const types: readonly string[] = DATA_RESOURCE_TYPES;
  return graph.all.filter(createsBeforeDestroy).flatMap(({ address }) =>
    graph
      .reachableFrom(address)
      .filter((node) => !node.isData && types.includes(node.type))
      .map((node) => violation("data-apart", address, `forces create_before_destroy on ${node.address}`)),
  );
}

function createsBeforeDestroy({ body }: GraphNode): boolean {
  return attribute(attribute(body, "lifecycle"), "create_before_destroy") === true;
}

function violation(rule: OrderRule, address: string, problem: string): OrderViolation {
  return { rule, address, problem };
}
