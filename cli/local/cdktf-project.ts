import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { isRecord } from "../../definition/json-access";

/** The part of `cdktf.json` that matters here. */
export interface CdktfProject {
  /** Shell command that synthesizes. */
  readonly app: string;
  /** Folder for the result, as `cdktf synth` would use it; relative to the project root. */
  readonly output: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

const FILE = "cdktf.json";

/**
 * Reads `cdktf.json`. Source: https://developer.hashicorp.com/terraform/cdktf/create-and-deploy/configuration-file
 *
 * @throws ConfigurationError CDKTF_JSON_MISSING, CDKTF_JSON_INVALID
 */
export function readCdktfProject(projectRoot: string): CdktfProject {
  const content = parse(read(join(projectRoot, FILE)));
  const { app, output = "cdktf.out", context } = content;
  if (typeof app !== "string" || app.trim() === "") {
    throw invalid(`"app" must be the command that synthesizes, got ${JSON.stringify(app)}`);
  }
  if (typeof output !== "string") throw invalid(`"output" must be a folder, got ${JSON.stringify(output)}`);
  return { app, output: process.env.CDKTF_OUTDIR ?? output, ...(isRecord(context) && { context }) };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigurationError(
      "CDKTF_JSON_MISSING",
      file,
      "there is no cdktf.json in this folder",
      fixMissing(dirname(file)),
      { cause },
    );
  }
}

function fixMissing(folder: string): string {
  const project = folderAbove(folder);
  if (project !== undefined) return `run the command in the folder of the project: ${project}`;
  return 'run the command in the folder of your project, and give it a cdktf.json with { "app": "npx tsx main.ts" }; an API in HCL is served with --plan';
}

/** The nearest folder above with a project. */
function folderAbove(folder: string): string | undefined {
  const above = dirname(folder);
  if (above === folder) return undefined;
  return existsSync(join(above, FILE)) ? above : folderAbove(above);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw invalid(`the file is not JSON: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
  if (!isRecord(content)) throw invalid("the file must hold an object");
  return content;
}

function invalid(problem: string, cause?: unknown): ConfigurationError {
  const fix = 'correct the file, as in { "language": "typescript", "app": "npx tsx main.ts" }';
  return new ConfigurationError("CDKTF_JSON_INVALID", FILE, problem, fix, { cause });
}
