import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import type { Json } from "../../definition/json";
import { environmentOf } from "../environment";
import { boundedName } from "../naming";
import { attributeText, templateDocument } from "../terraform-text";
import { literalArn } from "./literal-arn";
import { PolicyDocument, type PolicyStatement } from "./policy-statement";

/** Longest role name. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME_LIMIT = 64;

/** Name and trust of a role. */
export interface ServiceRoleProps {
  /** Name of the role; roles share one namespace per account, so it should hold the stack and the region. Cut to 64 characters. */
  readonly roleName: string;
  /** Who assumes the role, as in `lambda.amazonaws.com`. */
  readonly service: string;
  readonly description?: string;
}

/**
 * A role for an AWS service. Its ARN is a literal, known before the first plan. Statements go to one inline policy, which
 * names tables and queues by literal ARNs: role and policy are replaced only after the stage has moved, and drag nothing
 * along that holds data.
 */
export class ServiceRole extends Construct {
  /** `aws_iam_role`. */
  readonly role: IamRole;
  /** `aws_iam_role_policy`. */
  readonly policy: IamRolePolicy;
  /** A literal, unless the account is a data source. */
  readonly roleArn: string;
  /** A literal of at most 64 characters. */
  readonly roleName: string;
  private readonly statements = new PolicyDocument();

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { partition, accountId } = environmentOf(this);
    this.roleName = boundedName(props.roleName, ROLE_NAME_LIMIT);
    this.roleArn = `arn:${partition}:iam::${accountId}:role/${this.roleName}`;
    this.role = new IamRole(this, "Resource", {
      name: this.roleName,
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      assumeRolePolicy: canonicalJson({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: props.service } }],
      }),
      lifecycle: { createBeforeDestroy: true },
    });
    this.policy = new IamRolePolicy(this, "Policy", {
      name: "permissions",
      role: this.role.name,
      policy: Lazy.stringValue({ produce: () => this.permissions().text }),
    });
    // Decided at synth, when all statements are known; the typed argument takes no lazy value.
    this.policy.addOverride(
      "lifecycle.create_before_destroy",
      Lazy.anyValue({ produce: () => this.isReplacedFirst() || undefined }),
    );
  }

  /** What must exist before the role is used. */
  get dependencies(): readonly ITerraformDependable[] {
    return [this.role, this.policy, ...this.permissions().resources];
  }

  /** Adds to what the role allows, also after it was created. */
  addToPolicy(statement: PolicyStatement): void {
    this.statements.addStatements(statement);
  }

  /**
   * True unless the policy refers to something whose ARN only AWS can mint, such as a key: the flag would then be forced on
   * that, too.
   */
  private isReplacedFirst(): boolean {
    return this.permissions().references.length === 0;
  }

  /** The policy with literal ARNs where names are known, what these stand for, and the references that remain. */
  private permissions(): Permissions {
    const { document: policy, references } = templateDocument(this, this.statements.toJSON());
    const document = { ...policy, Statement: distinct(policy.Statement) };
    const literals = references.flatMap((reference) => {
      const found = literalArn(this, reference);
      return found === undefined ? [] : [{ ...found, reference }];
    });
    const text = literals.reduce(
      (resolved, { reference, arn }) => resolved.replaceAll(reference, () => arn),
      canonicalJson(document),
    );
    const replaced = new Set(literals.map(({ reference }) => reference));
    return {
      text,
      resources: literals.map(({ resource }) => resource),
      references: references.filter((it) => !replaced.has(it) && !it.startsWith("${data.")),
    };
  }
}

/** Routes and grants that ask for the same share a statement. References are compared as written. */
function distinct(statements: Json | undefined): Json {
  const all: readonly Json[] = Array.isArray(statements) ? statements : [];
  return [...new Map(all.map((statement) => [canonicalJson(statement), statement])).values()];
}

interface Permissions {
  readonly text: string;
  readonly resources: readonly ITerraformDependable[];
  /** To managed resources. */
  readonly references: readonly string[];
}
