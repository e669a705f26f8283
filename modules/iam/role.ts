import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { environmentOf } from "../environment";
import { boundedName } from "../naming";
import { templateDocument } from "../terraform-text";
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
 * A role for an AWS service. Its ARN is a literal, known before the first plan. Statements go to one inline policy that
 * nothing but the stage depends on: they may refer to tables and queues, which a replacement of the role must not drag along.
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
      ...(props.description === undefined ? {} : { description: props.description }),
      assumeRolePolicy: canonicalJson({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: props.service } }],
      }),
      lifecycle: { createBeforeDestroy: true },
    });
    this.policy = new IamRolePolicy(this, "Policy", {
      name: "permissions",
      role: this.role.name,
      policy: Lazy.stringValue({ produce: () => this.policyText() }),
    });
  }

  /** What must exist before the role is used. */
  get dependencies(): readonly ITerraformDependable[] {
    return [this.role, this.policy];
  }

  /** Adds to what the role allows, also after it was created. */
  addToPolicy(statement: PolicyStatement): void {
    this.statements.addStatements(statement);
  }

  private policyText(): string {
    return canonicalJson(templateDocument(this, this.statements.toJSON()).document);
  }
}
