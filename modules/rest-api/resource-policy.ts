import type { Json, JsonObject } from "../../definition/json";
import type { EndpointType } from "../../definition/rest-api";
import { Effect, type PolicyDocument, PolicyStatement } from "../iam/policy-statement";
import { AnyPrincipal } from "../iam/principal";

const INVOKE = { actions: ["execute-api:Invoke"], resources: ["execute-api:/*"], principals: [new AnyPrincipal()] };

/**
 * Lists of callers by where they come from, each as one denial: of all but those who are on it, or of those who are.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
const LISTS = {
  vpcEndpointsOnly: { operator: "StringNotEquals", key: "aws:SourceVpce" },
  vpcsOnly: { operator: "StringNotEquals", key: "aws:SourceVpc" },
  ipRangesOnly: { operator: "NotIpAddress", key: "aws:SourceIp" },
  deniedVpcs: { operator: "StringEquals", key: "aws:SourceVpc" },
  deniedIpRanges: { operator: "IpAddress", key: "aws:SourceIp" },
} as const;

/** One of the lists. */
export type CallerList = keyof typeof LISTS;

/** Who may call an API: what its props say, and what was added since. The props' own document stays as it is. */
export class ResourcePolicy {
  private readonly statements: PolicyStatement[] = [];
  private readonly lists = new Map<CallerList, Set<string>>();

  constructor(
    private readonly given: Pick<PolicyDocument, "toJSON"> | undefined,
    private readonly endpointType: EndpointType,
  ) {}

  add(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  /** All entries of one list stand in one condition: two denials of all but some would shut everybody out. */
  addTo(list: CallerList, entries: readonly string[]): void {
    this.lists.set(list, new Set([...(this.lists.get(list) ?? []), ...entries]));
  }

  /** Lists that no request to a public API can satisfy. */
  get listsOfVpcs(): readonly CallerList[] {
    return [...this.lists.keys()].filter((list) => LISTS[list].key !== "aws:SourceIp");
  }

  /** Absent when nothing is said. */
  toJSON(): JsonObject | undefined {
    const added = [...this.statements, ...this.listStatements()].map((statement) => statement.toJSON());
    const given = this.given?.toJSON();
    if (given === undefined && added.length === 0) return undefined;
    return { Version: "2012-10-17", ...given, Statement: [...listOf(given?.Statement), ...added] };
  }

  private listStatements(): readonly PolicyStatement[] {
    if (this.lists.size === 0) return [];
    const denials = [...this.lists].map(([list, entries]) => {
      const { operator, key } = LISTS[list];
      const conditions = { [operator]: { [this.keyHere(key)]: [...entries] } };
      return new PolicyStatement({ ...INVOKE, effect: Effect.DENY, conditions });
    });
    return [...denials, new PolicyStatement(INVOKE)];
  }

  /** Through an endpoint of a VPC, addresses are those inside of the VPC, under a key of their own. */
  private keyHere(key: string): string {
    return key === "aws:SourceIp" && this.endpointType === "PRIVATE" ? "aws:VpcSourceIp" : key;
  }
}

function listOf(statements: Json | undefined): readonly Json[] {
  if (statements === undefined) return [];
  return Array.isArray(statements) ? statements : [statements];
}
