import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliConfiguration, type ProviderSource } from "./provider-mirror";

/** Variables of the developer's own account must reach no test. */
const REMOVED = /^(AWS_|TF_|CHECKPOINT_|CDKTF_|ENVIRONMENT$)/;

/**
 * Environment of Terraform commands against the twin: dummy keys, few retries, no telemetry. The configuration stays as
 * it is.
 *
 * @param folder where configuration files of Terraform and of AWS's tools are written
 */
export function terraformEnvironment(twinUrl: string, provider: ProviderSource, folder: string): NodeJS.ProcessEnv {
  const noProfiles = join(folder, "aws-config");
  writeFileSync(noProfiles, "");
  const inherited = Object.entries(process.env).filter(([name]) => !REMOVED.test(name));
  return {
    ...Object.fromEntries(inherited),
    TF_CLI_CONFIG_FILE: cliConfigFile(provider, folder),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    AWS_ENDPOINT_URL: twinUrl,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_CONFIG_FILE: noProfiles,
    AWS_SHARED_CREDENTIALS_FILE: noProfiles,
    AWS_EC2_METADATA_DISABLED: "true",
    // The provider's own default is 25 attempts: minutes of silence after one refusal that moto answers with 500.
    AWS_MAX_ATTEMPTS: "2",
  };
}

function cliConfigFile(provider: ProviderSource, folder: string): string {
  if (provider.kind === "cliConfig") return provider.file;
  const file = join(folder, "terraform.rc");
  writeFileSync(file, cliConfiguration(provider.folder));
  return file;
}
