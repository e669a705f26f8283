import type { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { STSClient } from "@aws-sdk/client-sts";
import { ConfigurationError } from "../../definition/configuration-error";
import { readScope, type TerraformRoot } from "../../definition/terraform/read-roots";
import { type AssumedRole, type DeclaredProvider, readProvider } from "./declared-provider";
import { refusedBy } from "./refused-call";

/** The account that a stack is deployed to, and its services in the stack's region. */
export interface AwsAccount {
  /** 12 digits. */
  readonly id: string;
  /** What the stack says of it. */
  readonly provider: DeclaredProvider;
  readonly apiGateway: APIGatewayClient;
  readonly lambda: LambdaClient;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Signs in as Terraform's provider does for a stack: with the credentials of the environment, and the roles of the provider
 * block.
 *
 * @throws ConfigurationError AWS_CREDENTIALS_MISSING, AWS_ACCOUNT_NOT_ALLOWED, AWS_CALL_REFUSED and those of reading a stack
 */
export async function signIn(root: TerraformRoot): Promise<AwsAccount> {
  const { name: stack, content } = root;
  const provider = await readScope(root, (scope) => readProvider(scope, content));
  const [{ STSClient, GetCallerIdentityCommand }, { APIGatewayClient }, { LambdaClient }] = await Promise.all([
    import("@aws-sdk/client-sts"),
    import("@aws-sdk/client-api-gateway"),
    import("@aws-sdk/client-lambda"),
  ]);
  const { region } = provider;
  const sts = (credentials?: Credentials) => new STSClient({ region, ...(credentials && { credentials }) });
  let credentials: Credentials | undefined;
  for (const role of provider.assumedRoles) credentials = await assume(sts(credentials), role, stack);
  const identity = await sts(credentials)
    .send(new GetCallerIdentityCommand())
    .catch(refusedBy(stack, "GetCallerIdentity"));
  const id = identity.Account ?? "";
  if (provider.allowedAccountIds.length > 0 && !provider.allowedAccountIds.includes(id)) {
    throw notAllowed(stack, id, identity.Arn, provider.allowedAccountIds);
  }
  const settings = { region, ...(credentials && { credentials }) };
  return { id, provider, apiGateway: new APIGatewayClient(settings), lambda: new LambdaClient(settings) };
}

async function assume(sts: STSClient, role: AssumedRole, stack: string): Promise<Credentials> {
  const { AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  const { Credentials: given } = await sts
    .send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: role.sessionName ?? "headgate",
        ExternalId: role.externalId,
      }),
    )
    .catch(refusedBy(stack, `AssumeRole of ${role.arn}`));
  return {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken,
  };
}

function notAllowed(
  stack: string,
  account: string,
  caller: string | undefined,
  allowed: readonly string[],
): ConfigurationError {
  return new ConfigurationError(
    "AWS_ACCOUNT_NOT_ALLOWED",
    stack,
    `the credentials are of account ${account} (${caller}), and the stack is deployed to ${allowed.join(" or ")}`,
    "use credentials of that account, as with AWS_PROFILE, or correct accountId of the environment",
  );
}
