import type { Root } from "../../support/terraform/harness";
import { changed, type Plan, type ResourceChange } from "../../support/terraform/plan";
import { rowId, type SynthesizedRows } from "./synth-rows";

const FLAGS = ["-input=false", "-no-color"];

/** What is left to do; the plan is read only when there is something. */
export async function nextPlan(root: Root): Promise<readonly ResourceChange[]> {
  const file = "next.tfplan";
  const { exitCode, output } = await root.run("plan", ...FLAGS, "-detailed-exitcode", `-out=${file}`);
  if (exitCode === 0) return [];
  if (exitCode !== 2) throw new Error(`terraform plan ended with ${exitCode}\n${output}`);
  const shown = await root.run("show", "-json", file);
  if (shown.exitCode !== 0) throw new Error(`terraform show ended with ${shown.exitCode}\n${shown.output}`);
  const plan: Plan = JSON.parse(shown.output);
  return changed(plan);
}

/** Applies what is there. Throws when that fails. */
export async function applyWith(root: Root, ...args: readonly string[]): Promise<void> {
  const { exitCode, output } = await root.run("apply", ...FLAGS, "-auto-approve", ...args);
  if (exitCode !== 0) throw new Error(`terraform apply ended with ${exitCode}\n${output}`);
}

/** Applies what may be refused; answers what Terraform prints, in one line. */
export async function tryApply(root: Root): Promise<string> {
  const { output } = await root.run("apply", ...FLAGS, "-auto-approve");
  return output.replaceAll(/\s+(?:│ )?/g, " ");
}

/** Changes of a row, by the names of the resources. */
export function ofRow(changes: readonly ResourceChange[], name: string): readonly ResourceChange[] {
  return changes.filter(({ address }) => address.split(".")[1]?.startsWith(`${rowId(name)}_`));
}

/** Addresses of the deployments that a row declares. */
export function deploymentsOf({ configuration }: SynthesizedRows, name: string): readonly string[] {
  const { aws_api_gateway_deployment: deployments } = Object(configuration.resource);
  const own = Object.keys(Object(deployments)).filter((id) => id.startsWith(`${rowId(name)}_`));
  return own.map((id) => `aws_api_gateway_deployment.${id}`);
}
