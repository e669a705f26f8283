import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { awsClient } from "../twin/client";
import type { Harness } from "./harness";
import { copyOrdersProject, type OrdersProject } from "./orders-project";
import { type CommandResult, runCommand } from "./terraform";

const REPOSITORY = resolve(__dirname, "../../..");

/** The reference project on a runner of its own, deployed by `pipelines/deploy.sh`. */
export interface PipelineProject extends OrdersProject {
  /** Runs one step, as in `run("plan", "orders-dev")`; `more` are further arguments of it. */
  run(step: string, stack?: string, variables?: NodeJS.ProcessEnv, ...more: readonly string[]): Promise<CommandResult>;
  /** The same; throws with the whole output when it fails. Answers the output. */
  succeed(step: string, stack?: string, variables?: NodeJS.ProcessEnv): Promise<string>;
}

/**
 * @param credentials of the role that the runner has, see `roleCredentials`
 * @param environment of the reference project, as in `dev`
 */
export function copyPipelineProject(
  harness: Harness,
  credentials: NodeJS.ProcessEnv,
  environment = "dev",
): PipelineProject {
  const project = copyOrdersProject();
  cpSync(join(REPOSITORY, "pipelines"), join(project.folder, "pipelines"), { recursive: true });
  const run: PipelineProject["run"] = (step, stack, variables, ...more) =>
    runCommand(
      join(project.folder, "pipelines/deploy.sh"),
      [step, ...(stack ? [stack] : []), ...more],
      project.folder,
      {
        ...harness.environment,
        ...credentials,
        HEADGATE: "node cli/checkout.cjs",
        ENVIRONMENT: environment,
        LOCK_TIMEOUT: "0s",
        ...variables,
      },
    );
  return {
    ...project,
    run,
    succeed: async (step, stack, variables) => {
      const { exitCode, output } = await run(step, stack, variables);
      if (exitCode !== 0) throw new Error(`deploy.sh ${step} ended with ${exitCode}\n${output}`);
      return output;
    },
  };
}

/** Keys of a session in an account, as a pipeline gets them for its OIDC token. */
export async function roleCredentials(harness: Harness, account: string): Promise<NodeJS.ProcessEnv> {
  const { text } = await awsClient(harness.moto.url).query("sts", "AssumeRole", {
    RoleArn: `arn:aws:iam::${account}:role/orders-pipeline`,
    RoleSessionName: "pipeline",
  });
  const value = (element: string) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(text)?.[1];
  return {
    AWS_ACCESS_KEY_ID: value("AccessKeyId"),
    AWS_SECRET_ACCESS_KEY: value("SecretAccessKey"),
    AWS_SESSION_TOKEN: value("SessionToken"),
  };
}
