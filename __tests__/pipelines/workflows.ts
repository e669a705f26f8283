import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const REPOSITORY = resolve(__dirname, "../..");
const FOLDER = join(REPOSITORY, ".github/workflows");

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly text: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The workflows of this repository, by file name. */
export function workflows(): readonly Workflow[] {
  return readdirSync(FOLDER).map((name) => {
    const text = readFileSync(join(FOLDER, name), "utf8");
    return { ...parse(text), name, text };
  });
}

/** Jobs of all workflows, with a name for the titles of tests. */
export function jobs(): readonly [name: string, job: Job][] {
  return workflows().flatMap(({ name, jobs }) =>
    Object.entries(jobs).map(([id, job]): [string, Job] => [`${name} ${id}`, job]),
  );
}

/** The job of this name; throws when there is none. */
export function jobNamed(name: string): Job {
  const found = jobs().find(([known]) => known === name);
  if (found === undefined) throw new Error(`no job ${name}`);
  return found[1];
}

/** Steps of `pipelines/deploy.sh` that a job runs, in order. */
export function scriptSteps({ steps = [] }: Job): readonly string[] {
  return steps.flatMap(({ run }) => /^pipelines\/deploy\.sh (\w+)/.exec(run ?? "")?.slice(1) ?? []);
}

/** Text of `pipelines/deploy.sh`. */
export function deployScript(): string {
  return readFileSync(join(REPOSITORY, "pipelines/deploy.sh"), "utf8");
}
