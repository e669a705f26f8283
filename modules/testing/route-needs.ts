import { attribute, type GraphNode, type ReferenceGraph } from "./reference-graph";

/**
 * What the routes of an imported document need at run time, found by the literal names in it: functions and all that
 * hangs on them, roles, queues, and the tables and queues that the environment of a function names.
 */
export function neededByRoutes(graph: ReferenceGraph, sources: readonly GraphNode[]): readonly GraphNode[] {
  const text = sources.map(({ body }) => JSON.stringify(body)).join();
  const functions = named(graph, "aws_lambda_function", "function_name", namesIn(text, /:function:([A-Za-z0-9_-]+)/g));
  const roleNames = namesIn(text, /:role\/([\w+=,.@/-]+)/g);
  const roles = named(graph, "aws_iam_role", "name", roleNames);
  const queues = named(graph, "aws_sqs_queue", "name", namesIn(text, /:sqs:path\/[^/"]+\/([\w.-]+)/g));
  const functionRoles = functions.flatMap(({ dependencies }) =>
    graph.ofType("aws_iam_role").filter(({ address }) => dependencies.includes(address)),
  );
  const allRoles = [...roles, ...functionRoles];
  return [
    ...functions,
    ...dependents(graph, functions, ["aws_lambda_alias"]),
    ...dependents(graph, functions, ["aws_lambda_permission"]).filter((node) => !isOfOtherApi(node, sources)),
    ...functions.flatMap((node) => logGroup(graph, node)),
    ...functions.flatMap((node) => namedInEnvironment(graph, node)),
    ...allRoles,
    ...dependents(graph, allRoles, ["aws_iam_role_policy", "aws_iam_role_policy_attachment"]),
    ...queues,
  ];
}

function namesIn(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, name = ""]) => name));
}

function named(graph: ReferenceGraph, type: string, by: string, names: ReadonlySet<string>): readonly GraphNode[] {
  return graph.ofType(type).filter((node) => names.has(String(attribute(node.body, by))));
}

function dependents(graph: ReferenceGraph, on: readonly GraphNode[], types: readonly string[]): readonly GraphNode[] {
  const addresses = new Set(on.map(({ address }) => address));
  return types
    .flatMap((type) => graph.ofType(type))
    .filter(({ dependencies }) => dependencies.some((address) => addresses.has(address)));
}

/** A function that several APIs share has a permission for each. */
function isOfOtherApi({ dependencies }: GraphNode, sources: readonly GraphNode[]): boolean {
  const own = new Set(sources.flatMap((source) => source.dependencies));
  const apis = dependencies.filter((address) => address.startsWith("aws_api_gateway_rest_api."));
  return apis.length > 0 && !apis.some((address) => own.has(address));
}

function logGroup(graph: ReferenceGraph, node: GraphNode): readonly GraphNode[] {
  const name = `/aws/lambda/${String(attribute(node.body, "function_name"))}`;
  return named(graph, "aws_cloudwatch_log_group", "name", new Set([name]));
}

function namedInEnvironment(graph: ReferenceGraph, node: GraphNode): readonly GraphNode[] {
  const names = namesIn(JSON.stringify(attribute(node.body, "environment") ?? {}), /"([^"]+)"/g);
  return [...named(graph, "aws_dynamodb_table", "name", names), ...named(graph, "aws_sqs_queue", "name", names)];
}
