import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { canonicalJson } from "../../definition/canonical-json";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { checkRoleName } from "../checks/role-checks";
import { environmentOf } from "../environment";
import { boundedName, namePart, shortHash } from "../naming";
import { attributeText, isKnownInPlan, templateDocument, templateText } from "../terraform-text";
import { type LiteralText, literalPolicy } from "./literal-arn";
import { type ManagedPolicyTarget, managedPolicyArn } from "./managed-policy";
import { PolicyDocument, type PolicyStatement } from "./policy-statement";
import { policyText } from "./policy-text";
import { type IPrincipal, ServicePrincipal } from "./principal";

/** Longest role name. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE_NAME_LIMIT = 64;

/** Most characters of a role's inline policies. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICY_LIMIT = 10_240;

/** References to what no resource stands behind, so that nothing follows its replacement. */
const UNMANAGED = /^\$\{(?:data|local|var)\./;

/** What a role is. AWS CDK's names. */
export interface RoleProps {
  /** Who assumes the role, as in `new ServicePrincipal("lambda.amazonaws.com")`. */
  readonly assumedBy: IPrincipal;
  /**
   * Name of the role, a literal. Roles share one namespace per account, so it should hold the stack and the region. Cut to
   * 64 characters.
   * @default - `<stack>-<construct id>-<region>`
   */
  readonly roleName?: string;
  /** @default - no description */
  readonly description?: string;
  /**
   * Policies of their own that the role is given; more come by `addManagedPolicy`. Those of AWS allow more than one role needs.
   * @default - none
   */
  readonly managedPolicies?: readonly ManagedPolicyTarget[];
  /**
   * What the role allows. All of it stands in one inline policy, together with what is granted, so the names tell nobody but
   * the reader.
   * @default - what `addToPolicy` and grants say
   */
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument>>;
}

/**
 * A role. Its ARN is a literal, known before the first plan. Statements go to one inline policy, which names tables and
 * queues by literal ARNs: role and policy are replaced only after the stage has moved, and drag nothing along that holds
 * data.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export class Role extends Construct {
  /** `aws_iam_role`. */
  readonly role: IamRole;
  /** A literal, unless the account is a data source. */
  readonly roleArn: string;
  /** A literal of at most 64 characters. */
  readonly roleName: string;
  private readonly own = new PolicyDocument();
  private readonly documents: readonly PolicyDocument[];
  private readonly attachments: IamRolePolicyAttachment[] = [];
  private inlinePolicy: IamRolePolicy | undefined;
  private computed: { readonly key: string; readonly permissions: LiteralText } | undefined;

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { partition, accountId, region } = environmentOf(this);
    const name = props.roleName ?? namePart(`${TerraformStack.of(this).node.id}-${id}-${region}`);
    checkRoleName(this, name);
    this.roleName = boundedName(name, ROLE_NAME_LIMIT);
    this.roleArn = `arn:${partition}:iam::${accountId}:role/${this.roleName}`;
    this.role = new IamRole(this, "Resource", {
      name: this.roleName,
      ...(props.description === undefined ? {} : { description: attributeText(this, props.description) }),
      assumeRolePolicy: policyText(this, { toJSON: () => trustIn(props.assumedBy) }),
      lifecycle: { createBeforeDestroy: true },
    });
    this.documents = [this.own, ...Object.values(props.inlinePolicies ?? {})];
    if (this.documents.length > 1) this.inlinePolicy = this.createPolicy();
    for (const policy of props.managedPolicies ?? []) this.addManagedPolicy(policy);
  }

  /** `aws_iam_role_policy`; absent while the role allows nothing. */
  get policy(): IamRolePolicy | undefined {
    return this.inlinePolicy;
  }

  /** What must exist before the role is used. */
  get dependencies(): readonly ITerraformDependable[] {
    const { role, inlinePolicy, attachments } = this;
    const inline = inlinePolicy === undefined ? [] : [inlinePolicy, ...this.permissions().resources];
    return [role, ...inline, ...attachments];
  }

  /** Adds to what the role allows, also after it was created. */
  addToPolicy(statement: PolicyStatement): void {
    this.own.addStatements(statement);
    this.inlinePolicy ??= this.createPolicy();
  }

  /** Gives the role a policy of its own. */
  addManagedPolicy(policy: ManagedPolicyTarget): void {
    const policyArn = managedPolicyArn(this, policy);
    const id = `Managed-${shortHash(templateText(this, policyArn).text)}`;
    if (this.node.tryFindChild(id) !== undefined) return;
    // The flag would be forced on a policy of this stack, whose name a second one could not take.
    const lifecycle = isKnownInPlan(this, policyArn) ? { lifecycle: { createBeforeDestroy: true } } : {};
    this.attachments.push(new IamRolePolicyAttachment(this, id, { role: this.role.name, policyArn, ...lifecycle }));
  }

  private createPolicy(): IamRolePolicy {
    this.node.addValidation({ validate: () => [...this.refuseStatements(), ...this.refuseLong()] });
    const policy = new IamRolePolicy(this, "Policy", {
      name: "permissions",
      role: this.role.name,
      policy: Lazy.stringValue({ produce: () => this.permissions().text }),
    });
    // Decided at synth, when all statements are known; the typed argument takes no lazy value.
    policy.addOverride(
      "lifecycle.create_before_destroy",
      Lazy.anyValue({ produce: () => this.isReplacedFirst() || undefined }),
    );
    return policy;
  }

  private refuseStatements(): string[] {
    const statements = this.documents.flatMap((document) => document.statementsJson);
    return statements.flatMap((statement) => {
      const problem = problemOf(statement);
      if (problem === undefined) return [];
      const fix = "name actions and resources, and no principals";
      const text = `a statement of the role ${problem}: ${JSON.stringify(statement)}`;
      return new ConfigurationError("ROLE_STATEMENT_INVALID", this.node.path, text, fix).message;
    });
  }

  private refuseLong(): string[] {
    const { length } = this.permissions().text;
    if (length <= POLICY_LIMIT) return [];
    const problem = `the policy of the role may have ${POLICY_LIMIT} characters, got ${length}`;
    const fix = "grant several resources at once, as in grant([first, second], action), or a pattern of their names";
    return [new ConfigurationError("ROLE_POLICY_TOO_LONG", this.node.path, problem, fix).message];
  }

  /**
   * True unless the policy refers to something whose ARN only AWS can mint, such as a key: the flag would then be forced on
   * that, too.
   */
  private isReplacedFirst(): boolean {
    return this.permissions().references.length === 0;
  }

  /** The policy with literal ARNs where names are known, what these stand for, and the references that remain. */
  private permissions(): LiteralText {
    const asked = this.documents.map((document) => document.toJSON()).flatMap(({ Statement }) => Statement ?? []);
    const key = JSON.stringify(asked);
    // Text, flag and dependencies are asked for several times each.
    if (this.computed?.key !== key) this.computed = { key, permissions: this.resolve(asked) };
    return this.computed.permissions;
  }

  private resolve(asked: readonly Json[]): LiteralText {
    const statements = { Version: "2012-10-17", Statement: [...asked] };
    const { document: policy, references } = templateDocument(this, statements);
    const literals = literalPolicy(
      this,
      canonicalJson({ ...policy, Statement: distinct(policy.Statement) }),
      references,
    );
    return { ...literals, references: literals.references.filter((it) => !UNMANAGED.test(it)) };
  }
}

/** Name and trust of the role of a service. */
export interface ServiceRoleProps extends Omit<RoleProps, "assumedBy"> {
  /** As that of a `Role`, without a default. */
  readonly roleName: string;
  /** Who assumes the role, as in `lambda.amazonaws.com`. */
  readonly service: string;
}

/**
 * A `Role` for an AWS service.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export class ServiceRole extends Role {
  constructor(scope: Construct, id: string, { service, ...props }: ServiceRoleProps) {
    super(scope, id, { ...props, assumedBy: new ServicePrincipal(service) });
  }
}

function trustIn({ kind, name, conditions }: IPrincipal): JsonObject {
  const statement = {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { [kind]: name },
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
  return { Version: "2012-10-17", Statement: [statement] };
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
function problemOf(statement: JsonObject): string | undefined {
  if (!("Action" in statement || "NotAction" in statement)) return "names no action";
  if (!("Resource" in statement || "NotResource" in statement)) return "names no resource";
  return "Principal" in statement || "NotPrincipal" in statement
    ? "names a principal, who is the role itself"
    : undefined;
}

/** Routes and grants that ask for the same share a statement. References are compared as written. */
function distinct(statements: Json | undefined): Json {
  const all: readonly Json[] = Array.isArray(statements) ? statements : [];
  return [...new Map(all.map((statement) => [canonicalJson(statement), statement])).values()];
}
