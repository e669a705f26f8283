import { resolve } from "node:path";
import { terraformRoot } from "../definition/terraform/read-stack";
import { signIn } from "../deploy/aws/aws-account";

/**
 * `headgate account`: signs in as Terraform would for a stack, and prints the account. Terraform itself looks only when the state is
 * read already, and says of a bucket of another account no more than "access denied".
 *
 * @param folder of a synthesized stack, or of an artifact
 * @throws ConfigurationError AWS_CREDENTIALS_MISSING, AWS_ACCOUNT_NOT_ALLOWED, AWS_CALL_REFUSED and those of reading a stack
 */
export async function accountCommand(projectRoot: string, folder: string): Promise<void> {
  const root = await terraformRoot(resolve(projectRoot, folder));
  const { id } = await signIn(root);
  console.log(`${root.name}: the credentials are of account ${id}`);
}
