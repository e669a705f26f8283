import { ConfigurationError } from "../../definition/configuration-error";
import { type AwsAccount, signIn } from "./aws-account";
import { compareFunction } from "./compare-functions";
import { type DeclaredStack, readDeclaredStack } from "./declared-stack";
import { type DeployedFunction, readFunction } from "./deployed-functions";
import { type Comparison, joined } from "./difference";
import { masked } from "./mask";
import { type Repair, repairCode } from "./repair-code";
import { readTerraformState, type TerraformState } from "./terraform-state";

/** What is to be compared. */
export interface DriftRequest {
  /** Folder of the stack's `cdk.tf.json`. */
  readonly folder: string;
  /** What `terraform state pull` printed. @default - it is pulled where the folder is initialised */
  readonly stateFile?: string;
  /** True brings code up that Terraform takes for deployed. */
  readonly repair?: boolean;
}

/** What a comparison of a stack with AWS came to; secrets are masked. */
export interface DriftReport extends Comparison {
  readonly stack: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** What was done before the comparison; empty without `repair`. */
  readonly repairs: readonly Repair[];
}

/**
 * Compares what a stack declares with what AWS has.
 *
 * @throws ConfigurationError TERRAFORM_STATE_UNREADABLE, TERRAFORM_STATE_MISSING, AWS_CREDENTIALS_MISSING,
 * AWS_ACCOUNT_NOT_ALLOWED, AWS_CALL_REFUSED, PACKAGE_FILE_CHANGED, PACKAGE_FILE_TOO_LARGE_TO_UPLOAD, and those of reading a
 * stack
 */
export async function findDrift({ folder, stateFile, repair = false }: DriftRequest): Promise<DriftReport> {
  const state = await readTerraformState(folder, stateFile);
  const declared = await readDeclaredStack(folder, state);
  const { name } = declared.definition;
  const account = await signIn(name, declared.provider);
  const repairs = repair ? await repairFunctions(declared, account, state) : [];
  const functions = await readFunctions(declared, account);
  const { differences, notCompared } = joined(functions.map(compareFunction));
  return {
    stack: name,
    account: account.id,
    region: declared.provider.region,
    repairs,
    differences: differences.map(masked),
    notCompared,
  };
}

async function repairFunctions(
  declared: DeclaredStack,
  account: AwsAccount,
  state: TerraformState | undefined,
): Promise<readonly Repair[]> {
  if (state === undefined) {
    throw new ConfigurationError(
      "TERRAFORM_STATE_MISSING",
      declared.folder,
      "there is no Terraform state that tells forgotten code from code that was not applied yet",
      "run `terraform init` there, or pass what `terraform state pull` prints with --state",
    );
  }
  const repairs: Repair[] = [];
  for (const fn of await readFunctions(declared, account)) {
    const repair = await repairCode(fn, { account, folder: declared.folder, state });
    if (repair !== undefined) repairs.push(repair);
  }
  return repairs;
}

/** One after the other: Lambda's control plane takes 15 calls a second, and an apply may be under way beside it. */
async function readFunctions({ functions }: DeclaredStack, account: AwsAccount): Promise<readonly DeployedFunction[]> {
  const deployed: DeployedFunction[] = [];
  for (const fn of functions) deployed.push(await readFunction(account, fn));
  return deployed;
}
