import type { Json, JsonObject } from "../../definition/json";
import { Effect, type PolicyDocument, PolicyStatement } from "../iam/policy-statement";
import { AnyPrincipal } from "../iam/principal";

const INVOKE = { actions: ["execute-api:Invoke"], resources: ["execute-api:/*"], principals: [new AnyPrincipal()] };

/** Who may call an API: what its props say, and what was added since. The props' own document stays as it is. */
export class ResourcePolicy {
  private readonly statements: PolicyStatement[] = [];
  private readonly vpcEndpointIds = new Set<string>();

  constructor(private readonly given: Pick<PolicyDocument, "toJSON"> | undefined) {}

  add(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  /** All endpoints that were ever allowed stand in one condition: two denials would shut everybody out. */
  allowVpcEndpointsOnly(ids: readonly string[]): void {
    for (const id of ids) this.vpcEndpointIds.add(id);
  }

  /** Absent when nothing is said. */
  toJSON(): JsonObject | undefined {
    const added = [...this.statements, ...this.vpcEndpointStatements()].map((statement) => statement.toJSON());
    const given = this.given?.toJSON();
    if (given === undefined && added.length === 0) return undefined;
    return { Version: "2012-10-17", ...given, Statement: [...listOf(given?.Statement), ...added] };
  }

  private vpcEndpointStatements(): readonly PolicyStatement[] {
    if (this.vpcEndpointIds.size === 0) return [];
    const conditions = { StringNotEquals: { "aws:SourceVpce": [...this.vpcEndpointIds] } };
    return [new PolicyStatement({ ...INVOKE, effect: Effect.DENY, conditions }), new PolicyStatement(INVOKE)];
  }
}

function listOf(statements: Json | undefined): readonly Json[] {
  if (statements === undefined) return [];
  return Array.isArray(statements) ? statements : [statements];
}
