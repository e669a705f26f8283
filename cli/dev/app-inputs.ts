import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { childProgram } from "../../local/child-program";

/** What an app has read. Paths are absolute. */
export interface RecordedInputs {
  /** Its own code; installed packages are not among it. */
  readonly modules: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  /** Folders whose entries it has listed. */
  readonly folders: ReadonlySet<string>;
}

/** Records what an app reads, whatever command runs it, as long as that is Node.js. */
export class AppInputs {
  private constructor(
    private readonly folder: string,
    private readonly program: string,
  ) {}

  static record(): AppInputs {
    const program = childProgram("cli/dev/record-inputs");
    return new AppInputs(mkdtempSync(join(tmpdir(), "headgate-inputs-")), program);
  }

  /** Variables that the app must have. */
  get env(): Readonly<Record<string, string>> {
    const { NODE_OPTIONS = "--max-old-space-size=4096" } = process.env;
    return {
      NODE_OPTIONS: `${NODE_OPTIONS} --require ${JSON.stringify(this.program)}`,
      HEADGATE_INPUTS_FILE: this.file,
    };
  }

  /** What the app has read since the last call. */
  take(projectRoot: string): RecordedInputs {
    try {
      const text = readFileSync(this.file, "utf8");
      writeFileSync(this.file, "");
      return parseInputs(text, projectRoot);
    } catch {
      return parseInputs("", projectRoot);
    }
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.folder, "inputs.txt");
  }
}

function parseInputs(text: string, projectRoot: string): RecordedInputs {
  const lines = text.split("\n").filter((line) => line !== "");
  const of = (kind: string) =>
    new Set(
      lines
        .filter((line) => line.startsWith(`${kind} `))
        .map((line) => pathOf(line.slice(kind.length + 1), projectRoot)),
    );
  return { modules: of("module"), files: of("file"), folders: of("folder") };
}

function pathOf(text: string, projectRoot: string): string {
  return text.startsWith("file:") ? fileURLToPath(text.replace(/[?#].*$/, "")) : resolve(projectRoot, text);
}

/** Where an app writes to, and what it reads for another reason than to know what to declare. */
export interface InputsAside {
  readonly projectRoot: string;
  /** Folders whose files are made, not written. */
  readonly outputs: readonly string[];
  /** What the bundles were made from: constructs look whether they are fresh. */
  readonly bundleInputs: ReadonlySet<string>;
}

/**
 * The files and folders whose change may change what an app declares: its modules, wherever they are, and what it reads in the
 * project.
 */
export function inputsOfApp({ modules, files, folders }: RecordedInputs, aside: InputsAside): ReadonlySet<string> {
  const { projectRoot, outputs, bundleInputs } = aside;
  const isMade = (path: string) => outputs.some((folder) => path === folder || path.startsWith(folder + sep));
  const isOwn = (path: string) => path.startsWith(projectRoot + sep) && !isMade(path) && !bundleInputs.has(path);
  return new Set([...modules, ...[...files, ...folders].filter(isOwn)].filter((path) => !isMade(path)));
}
