import { spawnSync } from "node:child_process";
import { hasMotoServer } from "../twin/moto-server";
import { findProvider, type ProviderSource } from "./provider-mirror";

const MOTO_MISSING = "moto_server is not on the PATH";

/** What tests that plan need; `missing` says in words what is not there. */
export type Availability =
  | { readonly missing?: undefined; readonly provider: ProviderSource }
  | { readonly missing: string; readonly provider?: undefined };

/** Looks for Terraform and its AWS provider on this machine. */
export function terraformAvailability(environment: NodeJS.ProcessEnv = process.env): Availability {
  if (spawnSync("terraform", ["-version"], { stdio: "ignore" }).status !== 0) {
    return { missing: "terraform is not on the PATH" };
  }
  const provider = findProvider(environment);
  if (!provider) return { missing: "no mirror of the AWS provider was found; HEADGATE_PROVIDER_MIRROR names one" };
  return { provider };
}

/**
 * `describe` where Terraform and its provider are there; elsewhere one skipped test whose title says what is missing.
 * With `CI_DEMAND_ALL=1` that test fails instead.
 */
export function describePlan(title: string, suite: (provider: ProviderSource) => void): void {
  const { missing, provider } = terraformAvailability();
  if (provider) describe(title, () => suite(provider));
  else describeMissing(title, missing);
}

/** The same for tests that apply, which need moto too. */
export function describeTerraform(title: string, suite: (provider: ProviderSource) => void): void {
  if (hasMotoServer()) describePlan(title, suite);
  else describeMissing(title, terraformAvailability().missing ?? MOTO_MISSING);
}

/** `describe` where `moto_server` is there; else as `describeTerraform`. */
export function describeMoto(title: string, suite: () => void): void {
  if (hasMotoServer()) describe(title, suite);
  else describeMissing(title, MOTO_MISSING);
}

/** One skipped test that says what is missing; a failing one where all is demanded. */
export function describeMissing(title: string, missing: string): void {
  describe(title, () => {
    if (process.env.CI_DEMAND_ALL === "1") {
      it("finds all that it needs", () => {
        throw new Error(`CI_DEMAND_ALL is set, and ${missing}`);
      });
      return;
    }
    it.skip(`is skipped: ${missing}`, () => undefined);
    // Jest prints nothing of a file whose tests are all skipped.
    process.stderr.write(`skipped: ${title}: ${missing}\n`);
  });
}
