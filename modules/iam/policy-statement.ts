import type { Json, JsonObject } from "../../definition/json";
import type { IPrincipal } from "./principal";

/** What a statement does. */
export const Effect = { ALLOW: "Allow", DENY: "Deny" } as const;
/** `Allow` or `Deny`. */
export type Effect = (typeof Effect)[keyof typeof Effect];

/** The elements of a statement. */
export interface PolicyStatementProps {
  /** @default - no statement id */
  readonly sid?: string;
  /** @default Effect.ALLOW */
  readonly effect?: Effect;
  /** As in `dynamodb:GetItem`. */
  readonly actions: readonly string[];
  /** ARNs, or `["*"]` for actions that cannot be restricted to resources. */
  readonly resources: readonly string[];
  /** @default - no principals, as in policies of a role */
  readonly principals?: readonly IPrincipal[];
  /** Operator → key → values. */
  readonly conditions?: JsonObject;
}

/** One statement of an IAM policy. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export class PolicyStatement {
  constructor(private readonly props: PolicyStatementProps) {}

  toJSON(): JsonObject {
    const { sid, effect = Effect.ALLOW, actions, resources, principals, conditions } = this.props;
    return {
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: effect,
      ...(principals === undefined ? {} : { Principal: principalJson(principals) }),
      Action: [...new Set(actions)].sort(),
      Resource: [...new Set(resources)],
      ...(conditions === undefined ? {} : { Condition: conditions }),
    };
  }
}

/** What a policy begins with. */
export interface PolicyDocumentProps {
  /** @default - no statements yet */
  readonly statements?: readonly PolicyStatement[];
}

/** An IAM policy. */
export class PolicyDocument {
  private readonly statements: PolicyStatement[];

  constructor(props: PolicyDocumentProps = {}) {
    this.statements = [...(props.statements ?? [])];
  }

  get isEmpty(): boolean {
    return this.statements.length === 0;
  }

  addStatements(...statements: readonly PolicyStatement[]): void {
    this.statements.push(...statements);
  }

  toJSON(): JsonObject {
    return { Version: "2012-10-17", Statement: this.statements.map((statement) => statement.toJSON()) };
  }
}

function principalJson(principals: readonly IPrincipal[]): Json {
  if (principals.some(({ name }) => name === "*")) return "*";
  const kinds = [...new Set(principals.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => [kind, principals.filter((it) => it.kind === kind).map(({ name }) => name)]),
  );
}
