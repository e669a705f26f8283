import { readFileSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { codeHash } from "../../definition/code-hash";
import { ConfigurationError } from "../../definition/configuration-error";
import { hexSha256 } from "../../definition/hex-sha256";
import type { JsonObject } from "../../definition/json";
import { objectAt } from "../../definition/json-access";
import { firstBlock } from "../../definition/terraform/blocks";
import { STACK_FILE } from "../../definition/terraform/read-stack";
import { type CodeFile, codeFilesOf } from "./code-files";
import { filesIn } from "./files-in";
import { readSavedPlan } from "./saved-plan";

/** Terraform's choice of providers, with their hashes. */
const LOCK_FILE = ".terraform.lock.hcl";

/** Where cdktf puts the files that a stack refers to: code, and what `file()` and its like read again when the plan is applied. */
const ASSETS = "assets/";

/** A path in an artifact, and the file whose bytes it gets. */
export interface PlannedFile {
  readonly path: string;
  readonly source: string;
}

/**
 * The files that a saved plan needs when it is applied: the plan, the configuration, the lock file of the providers and the code.
 * Refuses when the folder does not hold any more what was planned: what is applied is what was planned.
 *
 * @param folder folder of the synthesized stack, where the plan was made
 * @throws ConfigurationError PLAN_NOT_SAVED, PLAN_OF_OTHER_FILES, STATE_NOT_REMOTE
 */
export function plannedFiles(folder: string, planFile: string): readonly PlannedFile[] {
  const { configuration } = readSavedPlan(planFile);
  const present = filesIn(folder);
  const texts = Object.entries(configuration);
  const changed = texts.filter(([name, bytes]) => present[name] !== hexSha256(bytes)).map(([name]) => name);
  if (changed.length > 0) throw otherFiles(planFile, `the plan was made from another ${changed.join(", ")}`);
  const stack: JsonObject = JSON.parse(Buffer.from(configuration[STACK_FILE] ?? "{}").toString());
  refuseLocalState(stack, join(folder, STACK_FILE));
  if (!Object.hasOwn(present, LOCK_FILE)) throw otherFiles(planFile, `${LOCK_FILE} is not beside the configuration`);
  const code = codeFilesOf(stack);
  const problems = code.flatMap((file) => codeProblems(file, folder));
  if (problems.length > 0) throw otherFiles(planFile, problems.join("; "));
  const assets = Object.keys(present).filter((path) => path.startsWith(ASSETS));
  const paths = new Set([
    ...Object.keys(configuration),
    LOCK_FILE,
    ...assets,
    ...code.map(({ path }) => normalize(path)),
  ]);
  return [{ path: "plan", source: planFile }, ...[...paths].map((path) => ({ path, source: join(folder, path) }))];
}

function codeProblems({ address, path, hash }: CodeFile, folder: string): readonly string[] {
  const local = normalize(path);
  if (isAbsolute(path) || local.startsWith(".."))
    return [`${address} uploads ${path}, which lies outside of the stack`];
  const actual = codeHashOf(join(folder, local));
  if (actual === undefined) return [`${address} uploads ${path}, which is not there`];
  return hash === undefined || hash === actual ? [] : [`${path} is not the code that was planned for ${address}`];
}

function codeHashOf(file: string): string | undefined {
  try {
    return codeHash(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The folder of an artifact has no state, and a plan looks for a local one beside it: it would make everything again. */
function refuseLocalState({ terraform }: JsonObject, place: string): void {
  const backend = objectAt(firstBlock(terraform).backend);
  if (Object.keys(backend).some((kind) => kind !== "local")) return;
  const problem = "the state of the stack is a file on this machine, so that its plan can be applied nowhere else";
  throw new ConfigurationError("STATE_NOT_REMOTE", place, problem, "give the stack a stateBucket");
}

function otherFiles(place: string, problem: string): ConfigurationError {
  return new ConfigurationError(
    "PLAN_OF_OTHER_FILES",
    place,
    problem,
    "plan again, and change nothing until it is sealed",
  );
}
