import { ConfigurationError } from "../../definition/configuration-error";
import { terraformRoot } from "../../definition/terraform/read-stack";
import { unknownsIn } from "../../definition/unknown";
import { type AwsAccount, signIn } from "../aws/aws-account";
import { pullState, readStateFile } from "../terraform/terraform-state";
import { adviceOn } from "./advice";
import { compareApi } from "./compare-apis";
import { compareFunction } from "./compare-functions";
import { comparePermission } from "./compare-permissions";
import { type DeclaredStack, readDeclaredStack } from "./declared-stack";
import { readApi } from "./deployed-apis";
import { type DeployedFunction, readFunction } from "./deployed-functions";
import { readPermissions } from "./deployed-permissions";
import { type Comparison, joined } from "./difference";
import { foreignFunctions } from "./foreign-functions";
import { leftToTerraform } from "./left-to-terraform";
import { masked } from "./mask";
import { type Repair, type RepairContext, repairCode } from "./repair-code";

/** What is to be compared. */
export interface DriftRequest {
  /** Folder of the stack's `cdk.tf.json`. */
  readonly folder: string;
  /** What `terraform state pull` printed. @default - it is pulled, by the environment of this process */
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
  /** False where the stack declares nothing that this command compares. */
  readonly isCompared: boolean;
  /** What was done before the comparison; empty without `repair`. */
  readonly repairs: readonly Repair[];
  /** What brings AWS back to what is declared, one command each. */
  readonly advice: readonly string[];
}

/**
 * Compares what a stack declares with what AWS has: its APIs, their stages and what these serve, the code and configuration
 * behind each alias, and who may call it.
 *
 * @throws ConfigurationError STACK_NOT_DEPLOYED, AWS_CREDENTIALS_MISSING, AWS_ACCOUNT_NOT_ALLOWED, AWS_CALL_REFUSED,
 * AWS_UNREACHABLE, PACKAGE_FILE_CHANGED, PACKAGE_FILE_TOO_LARGE_TO_UPLOAD, those of `pullState` and those of reading a stack
 */
export async function findDrift({ folder, stateFile, repair = false }: DriftRequest): Promise<DriftReport> {
  const root = await terraformRoot(folder);
  const account = await signIn(root);
  const state = stateFile === undefined ? await pullState(folder, process.env) : readStateFile(stateFile);
  if (state.isEmpty) throw notDeployed(root.name, stateFile);
  const declared = await readDeclaredStack(root, state, account.id);
  const repairs = repair ? await repairFunctions(declared, { account, folder, state }) : [];
  const functions = await readFunctions(declared, account);
  const apis = await compareApis(declared, account);
  const permissions = await readPermissions(account, declared.permissions);
  const compared = [...apis, ...functions.map(compareFunction), ...permissions.map(comparePermission)];
  const { differences, notCompared } = joined([...compared, foreignFunctions(declared), leftToTerraform(declared)]);
  return {
    stack: root.name,
    account: account.id,
    region: account.provider.region,
    isCompared: compared.length > 0,
    repairs,
    differences: differences.map(masked),
    notCompared,
    advice: adviceOn(differences, declared),
  };
}

function notDeployed(stack: string, stateFile: string | undefined): ConfigurationError {
  return new ConfigurationError(
    "STACK_NOT_DEPLOYED",
    stateFile ?? stack,
    "the state of the stack is empty: nothing is deployed, or this is the state of another one",
    "deploy the stack, or initialise its folder with the backend that it is deployed with",
  );
}

async function compareApis({ definition, stages }: DeclaredStack, account: AwsAccount): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const api of definition.apis) {
    const isExported = (stageName: string) =>
      stages.some(({ name, restApiId, servesNewest }) => restApiId === api.id && name === stageName && servesNewest);
    const deployed = unknownsIn(api.id).length > 0 ? undefined : await readApi(account, api.id, isExported);
    comparisons.push(compareApi({ definition: api, stages, defaultTags: account.provider.defaultTags }, deployed));
  }
  return comparisons;
}

async function repairFunctions(declared: DeclaredStack, context: RepairContext): Promise<readonly Repair[]> {
  const repairs: Repair[] = [];
  for (const fn of await readFunctions(declared, context.account)) {
    const repair = await repairCode(fn, context);
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
