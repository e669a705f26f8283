import type { CustomDomainDefinition } from "./custom-domain";
import type { FunctionDefinition } from "./function";
import type { QueueDefinition } from "./queue";
import type { RestApiDefinition } from "./rest-api";
import type { StageDefinition } from "./stage";
import type { TableDefinition } from "./table";
import type { Unknown } from "./unknown";
import type { ApiKeyDefinition, UsagePlanDefinition } from "./usage-plan";

/** Everything of one Terraform root that Headgate understands. */
export interface StackDefinition {
  /** Folder name below `cdktf.out/stacks`, or what the caller calls the root. */
  readonly name: string;
  /** Region of the AWS provider. */
  readonly region: string;
  readonly apis: readonly DeployedApiDefinition[];
  readonly usagePlans: readonly UsagePlanDefinition[];
  readonly apiKeys: readonly ApiKeyDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly tables: readonly TableDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly domains: readonly CustomDomainDefinition[];
  /** ARNs of stages that AWS WAF stands in front of. */
  readonly firewalls: readonly string[];
  /** Other stacks whose outputs it refers to, by name. Absent: none. */
  readonly uses?: readonly string[];
  /** Blocks that could not be read, because nobody knows how many there are or what they consist of. Absent: none. */
  readonly unread?: readonly UnreadBlock[];
}

/** Something without a part in what is read. */
export interface UnreadBlock extends Unknown {
  /** File that declares it. Absent: it was not read from a file. */
  readonly file?: string;
}

/** An API together with its stages. */
export interface DeployedApiDefinition {
  /** Terraform address of the `aws_api_gateway_rest_api`. */
  readonly address: string;
  /** File that declares it. Absent: it was not read from a file. */
  readonly file?: string;
  /** The id that computed attributes use: ten characters, the same on every run. */
  readonly id: string;
  readonly api: RestApiDefinition;
  readonly stages: readonly StageDefinition[];
}
