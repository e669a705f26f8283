import { ConfigurationError } from "./modules";

export const ENVIRONMENT_NAMES = ["dev", "staging", "prod"] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

/** The few things in which environments differ. Everything else is the same by construction. */
export interface Environment {
  readonly name: EnvironmentName;
  readonly region: string;
  /** Twelve digits; Terraform refuses to touch any other account. */
  readonly account: string;
  /** Role that Terraform assumes in the account. Undefined: it works with the credentials that are there. */
  readonly deployRoleArn: string | undefined;
  /** Bucket of the Terraform state, in the same region. */
  readonly stateBucket: string;
  /** Tags on everything that can carry some. */
  readonly tags: Readonly<Record<string, string>>;
  /** Deletion protection on tables, `prevent_destroy` on API and tables. */
  readonly protect: boolean;
  /** Web pages that may call the API from a browser. */
  readonly allowedOrigins: readonly string[];
  /** Host of the exchange rates service; a stage variable. */
  readonly ratesHost: string;
  readonly logRetentionDays: 7 | 30 | 365;
}

const environments: Readonly<Record<EnvironmentName, Environment>> = {
  dev: {
    name: "dev",
    region: "eu-west-1",
    account: "111111111111",
    deployRoleArn: "arn:aws:iam::111111111111:role/orders-deploy",
    stateBucket: "orders-terraform-state-111111111111",
    tags: { application: "orders", environment: "dev" },
    protect: false,
    allowedOrigins: ["https://dev.shop.example.com", "http://localhost:5173"],
    ratesHost: "rates.dev.example.com",
    logRetentionDays: 7,
  },
  staging: {
    name: "staging",
    region: "eu-west-1",
    account: "222222222222",
    deployRoleArn: "arn:aws:iam::222222222222:role/orders-deploy",
    stateBucket: "orders-terraform-state-222222222222",
    tags: { application: "orders", environment: "staging" },
    protect: false,
    allowedOrigins: ["https://staging.shop.example.com"],
    ratesHost: "rates.staging.example.com",
    logRetentionDays: 30,
  },
  prod: {
    name: "prod",
    region: "eu-west-1",
    account: "333333333333",
    deployRoleArn: "arn:aws:iam::333333333333:role/orders-deploy",
    stateBucket: "orders-terraform-state-333333333333",
    tags: { application: "orders", environment: "prod" },
    protect: true,
    allowedOrigins: ["https://shop.example.com", "https://www.shop.example.com"],
    ratesHost: "rates.example.com",
    logRetentionDays: 365,
  },
};

/**
 * The environments to synthesize: all, or the one that `ENVIRONMENT` names.
 *
 * @param assumeDeployRole false leaves the roles out: a pipeline has the credentials of the right role already
 * @throws ConfigurationError UNKNOWN_ENVIRONMENT
 */
export function selectEnvironments(
  name: string | undefined,
  assumeDeployRole = process.env.ASSUME_DEPLOY_ROLE !== "false",
): readonly Environment[] {
  const selected = namedEnvironments(name);
  return assumeDeployRole ? selected : selected.map((environment) => ({ ...environment, deployRoleArn: undefined }));
}

function namedEnvironments(name: string | undefined): readonly Environment[] {
  if (name === undefined || name === "") return Object.values(environments);
  const selected = ENVIRONMENT_NAMES.find((known) => known === name);
  if (selected === undefined) {
    throw new ConfigurationError(
      "UNKNOWN_ENVIRONMENT",
      "environments.ts",
      `ENVIRONMENT must be one of ${ENVIRONMENT_NAMES.join(", ")}, got "${name}"`,
      "use one of these names, or unset ENVIRONMENT to synthesize all",
    );
  }
  return [environments[selected]];
}
