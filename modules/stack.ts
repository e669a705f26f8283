import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { OWNER_TAG } from "../definition/owner-tag";
import { partitionOf } from "../definition/partition";
import { warnOfAccountQuotas } from "./checks/account-checks";
import { refuseAtOnce, runChecks } from "./checks/check";
import { REGION_CHECKS, REGION_WARNINGS, STACK_CHECKS, UNKNOWN_PROPS_CHECKS } from "./checks/stack-checks";
import { findWarnings, warnAtSynth } from "./checks/warning";
import { type AwsEnvironment, callerAccountId, ENVIRONMENT } from "./environment";
import { type Quotas, raiseQuotas } from "./quotas";

/** Where a stack is deployed to, by whom, and where its state lives. */
export interface HeadgateStackProps {
  /** AWS region, a literal, as in `"eu-west-1"`. One that is not known here is warned of. */
  readonly region: string;
  /**
   * Account id: 12 digits, a literal. Terraform then refuses credentials of any other account.
   * @default - the account of the credentials in use, through `data.aws_caller_identity`
   */
  readonly accountId?: string;
  /**
   * Role that Terraform assumes.
   * @default - the credentials in use
   */
  readonly assumeRoleArn?: string;
  /**
   * S3 bucket, in the same region, that holds the state under `<stack id>.tfstate`, locked by a lock file beside it.
   * @default - a state file in the project root
   */
  readonly stateBucket?: string;
  /**
   * Quotas that AWS has raised for the account in the region. Checks measure against them; nothing is requested.
   * @default - AWS's defaults in the region
   */
  readonly quotas?: Partial<Quotas>;
  /**
   * Tags of every resource that can have tags, besides `headgate:stack`, which names the stack: `headgate recover` tells
   * by it what belongs to the stack.
   * @default - no other tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A Terraform root with provider, backend and an environment that constructs can build literal ARNs from.
 *
 * Refuses props that are not its own (`STACK_PROP_UNKNOWN`), among them AWS CDK's `env`; a class that extends it may have
 * props of its own and pass them all. Other codes: `STACK_WITHOUT_REGION`, `REGION_INVALID`, `ACCOUNT_ID_INVALID`, and
 * `REGION_UNKNOWN`, which is a warning.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export class HeadgateStack extends TerraformStack implements AwsEnvironment {
  readonly region: string;
  readonly partition: string;
  /**
   * The AWS provider: the escape hatch for its other settings. Its retries stay its own, up to 25 with growing pauses: they
   * take an API of 300 routes as resources through AWS's rates (429) and conflicts (409). `retryMode = "adaptive"` is refused
   * a tenth as often, and takes a tenth longer: for accounts that several pipelines share.
   * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
   */
  readonly awsProvider: AwsProvider;
  private readonly literalAccountId: string | undefined;

  constructor(scope: Construct, id: string, props: HeadgateStackProps) {
    super(scope, id);
    const given = { ...props };
    if (new.target === HeadgateStack) runChecks(this, UNKNOWN_PROPS_CHECKS, given);
    runChecks(this, STACK_CHECKS, given);
    refuseAtOnce(this, REGION_CHECKS, given);
    warnAtSynth(this, () => findWarnings(REGION_WARNINGS, props.region));
    this.region = props.region;
    this.partition = partitionOf(props.region).name;
    this.literalAccountId = props.accountId;
    Object.defineProperty(this, ENVIRONMENT, { value: this });
    raiseQuotas(this, props.quotas ?? {});
    warnOfAccountQuotas(this);

    this.awsProvider = new AwsProvider(this, "aws", {
      region: props.region,
      ...(props.accountId === undefined ? {} : { allowedAccountIds: [props.accountId] }),
      ...(props.assumeRoleArn === undefined ? {} : { assumeRole: [{ roleArn: props.assumeRoleArn }] }),
      defaultTags: [{ tags: { ...props.tags, [OWNER_TAG]: id } }],
    });
    if (props.stateBucket === undefined) {
      // Relative to the folder of the synthesized stack; cdktf's own default would put an absolute path into the JSON.
      new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    } else {
      new S3Backend(this, { bucket: props.stateBucket, key: `${id}.tfstate`, region: props.region, encrypt: true });
      // cdktf 0.21 does not know this argument of the S3 backend.
      this.addOverride("terraform.backend.s3.use_lockfile", true);
    }
  }

  /** Literal, or a reference to `data.aws_caller_identity` when the props name no account. */
  get accountId(): string {
    return this.literalAccountId ?? callerAccountId(this);
  }
}
