import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type RunningGateway, startGateway } from "./headgate-process";
import { createSmallProject, type SmallProject, type SmallProjectOptions } from "./small-project";

/** A project that is served while its sources change. */
export interface DevProject extends SmallProject {
  readonly gateway: RunningGateway;
  read(file: string): string;
  /** Writes as many editors do: beside its place, then renamed. */
  save(file: string, content: string): void;
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
  /** Resolves when a route answers with this text. */
  answers(path: string, text: string): Promise<void>;
}

/** A handler that answers with a text. */
export const answering = (text: string) =>
  `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });\n`;

/** Starts `headgate local --watch` in a small project of its own. */
export async function startDevProject(
  options: SmallProjectOptions,
  files: Readonly<Record<string, string>> = {},
): Promise<DevProject> {
  const project = createSmallProject(options);
  for (const [file, content] of Object.entries(files)) project.write(file, content);
  const gateway = await startGateway(["--watch"], { cwd: project.folder });
  await gateway.printed(/^watching sources/m);

  const get = async (path: string) => {
    const response = await fetch(`${gateway.url}/v1${path}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    ...project,
    gateway,
    get,
    read: (file) => readFileSync(join(project.folder, file), "utf8"),
    save: (file, content) => {
      project.write(`${file}.draft`, content);
      renameSync(join(project.folder, `${file}.draft`), join(project.folder, file));
    },
    answers: async (path, text) => {
      while ((await get(path)).text !== text) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
