import { matchesGlob } from "./glob";
import { type Condition, type ConditionKeys, conditionProblem, holds } from "./policy-conditions";
import { knowsVariables, resolveVariables, withoutWildcards } from "./policy-variables";

/** What a policy says about a request; `None` when no statement speaks of it. */
export type Vote = "Allow" | "Deny" | "None";

/** A policy document, read. */
export type Policy = readonly Statement[];

/** Texts of an element, or of its opposite, as in `Action` and `NotAction`. */
interface Selection {
  readonly patterns: readonly string[];
  readonly isInverted: boolean;
}

interface Statement {
  readonly effect: "Allow" | "Deny";
  /** Absent in policies of identities: they speak of whom they belong to. */
  readonly principals?: Selection;
  readonly actions: Selection;
  readonly resources: Selection;
  readonly conditions: readonly Condition[];
  readonly hasVariables: boolean;
}

/** Who calls. */
export interface Principal {
  readonly arn: string;
  readonly account: string;
}

/** A request as policies see it. */
export interface PolicyRequest {
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** Absent for callers that nobody knows. */
  readonly principal?: Principal;
  readonly keys: ConditionKeys;
}

/** A document that is no policy, or that asks for what cannot be evaluated. */
export class PolicyProblem extends Error {
  override readonly name = "PolicyProblem";
}

/**
 * Reads a policy document.
 *
 * @throws PolicyProblem
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: unknown): Policy {
  const { Statement: statements, Version: version } = members(document, "the policy");
  if (statements === undefined) throw new PolicyProblem("the policy has no Statement");
  const hasVariables = knowsVariables(version);
  return (Array.isArray(statements) ? statements : [statements]).map((each) => parseStatement(each, hasVariables));
}

function parseStatement(value: unknown, hasVariables: boolean): Statement {
  const statement = members(value, "a statement");
  const { Effect: effect, Condition: block } = statement;
  if (effect !== "Allow" && effect !== "Deny") throw new PolicyProblem("a statement has no Effect of Allow or Deny");
  const actions = selection(statement, "Action", textsOf);
  const resources = selection(statement, "Resource", textsOf);
  const principals = selection(statement, "Principal", principalsOf);
  if (!actions) throw new PolicyProblem("a statement has no Action");
  if (!resources) throw new PolicyProblem("a statement has no Resource");
  const conditions = conditionsOf(block).map((condition) => ({ ...condition, hasVariables }));
  return { effect, actions, resources, conditions, hasVariables, ...(principals && { principals }) };
}

function selection(
  statement: Readonly<Record<string, unknown>>,
  name: string,
  read: (value: unknown, name: string) => readonly string[],
): Selection | undefined {
  const inverted = `Not${name}`;
  if (statement[name] !== undefined) return { patterns: read(statement[name], name), isInverted: false };
  if (statement[inverted] === undefined) return undefined;
  return { patterns: read(statement[inverted], inverted), isInverted: true };
}

/** Principals by kind; those of other kinds than `AWS` never call on localhost. */
function principalsOf(value: unknown, name: string): readonly string[] {
  if (value === "*") return ["*"];
  const { AWS: aws } = members(value, name);
  return aws === undefined ? [] : textsOf(aws, name);
}

function conditionsOf(block: unknown): readonly Condition[] {
  if (block === undefined) return [];
  const conditions = Object.entries(members(block, "a Condition")).flatMap(([operator, keys]) =>
    Object.entries(members(keys, operator)).map(([key, values]) => ({ operator, key, values: textsOf(values, key) })),
  );
  const [problem] = conditions.map(conditionProblem).filter((found) => found !== undefined);
  if (problem !== undefined) throw new PolicyProblem(problem);
  return conditions;
}

function textsOf(value: unknown, name: string): readonly string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((each) => {
    if (!["string", "number", "boolean"].includes(typeof each)) throw new PolicyProblem(`${name} holds no text`);
    return String(each);
  });
}

function members(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new PolicyProblem(`${what} is no object`);
}

/** What a policy says about a request. One Deny outweighs everything. */
export function voteOf(policy: Policy, request: PolicyRequest): Vote {
  const speaking = policy.filter((statement) => speaksOf(statement, request));
  if (speaking.some(({ effect }) => effect === "Deny")) return "Deny";
  return speaking.length > 0 ? "Allow" : "None";
}

function speaksOf(statement: Statement, request: PolicyRequest): boolean {
  const { principals, actions, resources, conditions, hasVariables } = statement;
  const action = request.action.toLowerCase();
  return (
    (principals === undefined || selects(principals, (pattern) => isPrincipal(pattern, request.principal))) &&
    selects(actions, (pattern) => matchesGlob(pattern.toLowerCase(), action)) &&
    coversResource(resources, request, hasVariables) &&
    conditions.every((condition) => holds(condition, request.keys))
  );
}

/** A pattern that asks for what a request does not have covers nothing, and its opposite neither. */
function coversResource(
  { patterns, isInverted }: Selection,
  { resource, keys }: PolicyRequest,
  hasVariables: boolean,
): boolean {
  const resolved = hasVariables ? patterns.map((pattern) => resolveVariables(pattern, keys)) : patterns;
  if (isInverted && resolved.some((pattern) => pattern === undefined)) return false;
  const text = withoutWildcards(resource);
  const covers = (pattern: string | undefined) =>
    pattern !== undefined && matchesGlob(longForm(pattern, resource), text);
  return resolved.some(covers) !== isInverted;
}

function selects({ patterns, isInverted }: Selection, matches: (pattern: string) => boolean): boolean {
  return patterns.some(matches) !== isInverted;
}

/** `execute-api:/…` means the API that the policy belongs to. */
function longForm(pattern: string, resource: string): string {
  if (!pattern.startsWith("execute-api:/")) return pattern;
  return `${resource.slice(0, resource.indexOf("/"))}${pattern.slice("execute-api:".length)}`;
}

/** Whether a principal of a policy means the caller: everybody, its account, itself, or the role that it has assumed. */
function isPrincipal(pattern: string, principal: Principal | undefined): boolean {
  if (pattern === "*") return true;
  if (!principal) return false;
  const { arn, account } = principal;
  const [, ofAccount] = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(pattern) ?? [];
  if (ofAccount !== undefined) return ofAccount === account;
  return pattern === arn || pattern.replace(/:role\/.*\//, ":role/") === withoutSession(arn);
}

/** The ARN of the role that a caller has assumed; any other one as it is. */
export function withoutSession(arn: string): string {
  return arn.replace(/:sts:(.*):assumed-role\/([^/]+)\/.*$/, ":iam:$1:role/$2");
}

/**
 * What the policies of a caller and of an API say together. Within an account one Allow is enough; across accounts both
 * must allow.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function combinedVote(ofCaller: Vote, ofApi: Vote, isSameAccount: boolean): Vote {
  const votes = [ofCaller, ofApi];
  if (votes.includes("Deny")) return "Deny";
  const isAllowed = isSameAccount ? votes.includes("Allow") : votes.every((vote) => vote === "Allow");
  return isAllowed ? "Allow" : "None";
}
