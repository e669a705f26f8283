import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { ConfigurationError } from "../../definition/configuration-error";
import type { ErrorCode } from "../../definition/error-code";

/** How a command ended. */
export interface TerraformResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Terraform to its end; the result may be a failure.
 *
 * @param environment whole environment of the command
 * @throws ConfigurationError TERRAFORM_MISSING
 */
export async function runTerraform(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<TerraformResult> {
  const child = spawn("terraform", args, { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close").catch((cause: unknown) => {
    throw new ConfigurationError(
      "TERRAFORM_MISSING",
      folder,
      `terraform cannot be started: ${cause instanceof Error ? cause.message : cause}`,
      "install Terraform 1.7 or newer, and put it on the PATH",
      { cause },
    );
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode: exitCode ?? 1, stdout, stderr };
}

interface Condition {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly problem: (found: RegExpExecArray, said: string) => string;
  readonly fix: (found: RegExpExecArray, said: string) => string;
}

const CONDITIONS: readonly Condition[] = [
  {
    pattern:
      /Backend initialization required|Required plugins are not installed|Inconsistent dependency lock file|Module not installed|Missing required provider/,
    code: "TERRAFORM_NOT_INITIALIZED",
    problem: ([condition]) => `the folder is not initialized for what it declares: ${condition}`,
    fix: () => "run `terraform init` there",
  },
  {
    pattern: /Error acquiring the state lock/,
    code: "STATE_LOCKED",
    problem: (_found, said) => `somebody else holds the lock of the state${holder(said)}`,
    fix: (_found, said) =>
      `wait until that command has ended; if it was killed, run \`terraform force-unlock ${lockId(said)}\` there`,
  },
  {
    pattern:
      /No valid credential sources|InvalidClientTokenId|ExpiredToken|UnrecognizedClientException|failed to refresh cached credentials|Cannot assume IAM Role/,
    code: "AWS_CREDENTIALS_MISSING",
    problem: ([condition]) => `there are no AWS credentials that are valid: ${condition}`,
    fix: () => "sign in, as with `aws sso login`, and name the profile in AWS_PROFILE",
  },
  {
    pattern: /AWS account ID not allowed: (\d+)/,
    code: "AWS_ACCOUNT_NOT_ALLOWED",
    problem: ([, account]) => `the credentials are of account ${account}, and the stack is deployed to another one`,
    fix: () => "use credentials of that account, as with AWS_PROFILE",
  },
];

/** What a command of Terraform that failed says, as one message. */
export function terraformError(folder: string, command: string, output: string): ConfigurationError {
  const said = plain(output);
  for (const { pattern, code, problem, fix } of CONDITIONS) {
    const found = pattern.exec(said);
    if (found) return new ConfigurationError(code, folder, problem(found, said), fix(found, said));
  }
  const problem = `\`terraform ${command}\` failed: ${said}`;
  return new ConfigurationError(
    "TERRAFORM_FAILED",
    folder,
    problem,
    "correct what it names, and run the command again",
  );
}

/** Without frames, colours and line breaks. */
function plain(output: string): string {
  return stripVTControlCharacters(output).replaceAll(/[│╷╵]/g, "").replaceAll(/\s+/g, " ").trim();
}

function lockId(said: string): string {
  // The error before it may name ids of requests, too.
  return /Lock Info:.*?\bID:\s+(\S+)/.exec(said)?.[1] ?? "<ID>";
}

function holder(said: string): string {
  const [, who] = /Who:\s+(\S+)/.exec(said) ?? [];
  const [, since] = /Created:\s+(.+? UTC)/.exec(said) ?? [];
  return who === undefined ? "" : `: ${who}${since === undefined ? "" : `, since ${since}`}`;
}
