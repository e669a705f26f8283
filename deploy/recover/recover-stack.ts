import type { TerraformRoot } from "../../definition/terraform/read-roots";
import { terraformRoot } from "../../definition/terraform/read-stack";
import { signIn } from "../aws/aws-account";
import { runTerraform, terraformError } from "../terraform/run-terraform";
import { pullState, type TerraformState } from "../terraform/terraform-state";
import { type Finding, findObjects, listingsOf } from "./find-objects";
import { type Import, removeImportFile, writeImportFile } from "./import-file";
import { type LiteralProvider, literalProvider } from "./literal-provider";
import { type MissingResources, readMissing } from "./missing-resources";
import { errorText, readPlanLog } from "./plan-log";
import { type Probe, probeImports, type StackFolder } from "./probe-imports";
import { describeObjects, describeReplacements, type RecoveredObject } from "./recovered-objects";

/** What `headgate recover` found and did. */
export interface Recovery {
  readonly stack: string;
  /** Resources that are in the configuration and not in the state. */
  readonly objects: readonly RecoveredObject[];
  /** The file with `import` blocks; absent when there is nothing to import. */
  readonly file?: string;
  /** True if the file of an earlier run was removed, and none was written. */
  readonly removed: boolean;
}

/** A stack to recover. */
export interface RecoverProps extends StackFolder {
  readonly stack: string;
}

/**
 * Finds what an interrupted apply has made and not remembered, and writes `import` blocks for it beside `cdk.tf.json`. Changes
 * nothing in the account and in the state.
 *
 * The clients of AWS read the environment of this process; Terraform gets `environment`.
 *
 * @throws ConfigurationError TERRAFORM_MISSING, TERRAFORM_NOT_INITIALIZED, STATE_LOCKED, TERRAFORM_FAILED, AWS_CREDENTIALS_MISSING,
 * AWS_ACCOUNT_NOT_ALLOWED, AWS_CALL_REFUSED, PROVIDER_NOT_KNOWN and those of reading a stack
 */
export async function recoverStack({ stack, folder, environment }: RecoverProps): Promise<Recovery> {
  const root = await terraformRoot(folder);
  const state = await pullState(folder, environment);
  const first = await readMissing(root, state, { account: "", found: new Map() });
  if (first.missing.length + first.replaced.length === 0) {
    return { stack, objects: [], removed: removeImportFile(folder) };
  }

  const provider = await literalProvider(root);
  const { known, findings } = await lookUp(stack, root, state);
  const there = await probe(known, provider, { folder, environment });
  const imports = importsOf(known, findings, there);
  const wasThere = removeImportFile(folder);
  const destroyed = await writeAndPlan(imports, { stack, folder, environment });
  const objects = [
    ...describeObjects(known.missing, { findings, imports, destroyed }),
    ...describeReplacements(known.replaced.filter(({ address }) => there.has(address))),
  ];
  const imported = new Set(objects.flatMap(({ address, outcome }) => (outcome === "imported" ? [address] : [])));
  const kept = imports.filter(({ address }) => imported.has(address));
  const file = writeImports(kept, { stack, folder });
  return { stack, objects, removed: wasThere && file === undefined, ...(file === undefined ? {} : { file }) };
}

interface LookedUp {
  readonly known: MissingResources;
  readonly findings: ReadonlyMap<string, Finding>;
}

/** Looks for objects until those that are parts of what was found are found too. */
async function lookUp(stack: string, root: TerraformRoot, state: TerraformState): Promise<LookedUp> {
  const { id: account, apiGateway } = await signIn(root);
  const list = listingsOf(apiGateway, stack);
  const findings = new Map<string, Finding>();
  for (;;) {
    const found = new Map(
      [...findings].flatMap(([address, it]) => (it.kind === "found" ? [[address, it.attributes]] : [])),
    );
    const known = await readMissing(root, state, { account, found });
    const round = await findObjects(known, findings, list);
    if (round.size === 0) return { known, findings };
    for (const [address, finding] of round) findings.set(address, finding);
  }
}

/** Addresses of objects that are there. */
async function probe(
  { missing, replaced }: MissingResources,
  provider: LiteralProvider,
  stack: StackFolder,
): Promise<ReadonlySet<string>> {
  const withId = missing.filter((resource): resource is typeof resource & Probe => resource.importId !== undefined);
  return probeImports([...withId, ...replaced], provider, stack);
}

function importsOf(
  { missing }: MissingResources,
  findings: ReadonlyMap<string, Finding>,
  there: ReadonlySet<string>,
): readonly Import[] {
  return missing.flatMap(({ address, importId }) => {
    const finding = findings.get(address);
    if (finding?.kind === "found") return [{ address, importId: finding.importId }];
    return importId !== undefined && there.has(address) ? [{ address, importId }] : [];
  });
}

/** A file without imports would do nothing. */
function writeImports(
  imports: readonly Import[],
  { stack, folder }: Omit<RecoverProps, "environment">,
): string | undefined {
  if (imports.length > 0) return writeImportFile(folder, stack, imports);
  removeImportFile(folder);
  return undefined;
}

/** Addresses whose import the plan follows with a replacement, which loses what is in most of them. Leaves no file when the plan fails. */
async function writeAndPlan(imports: readonly Import[], props: RecoverProps): Promise<ReadonlySet<string>> {
  if (writeImports(imports, props) === undefined) return new Set();
  const args = ["plan", "-json", "-input=false", "-refresh=false"];
  const { exitCode, stdout, stderr } = await runTerraform(props.folder, args, props.environment);
  const { replaced, errors } = readPlanLog(stdout);
  if (exitCode === 0) return new Set(imports.map(({ address }) => address).filter((address) => replaced.has(address)));
  removeImportFile(props.folder);
  throw terraformError(props.folder, "plan", errorText(errors) || stderr || stdout);
}
