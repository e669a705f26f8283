import { resolve } from "node:path";
import { signIn } from "../deploy/drift/aws-account";
import { readDeclaredStack } from "../deploy/drift/declared-stack";

/**
 * `headgate account`: signs in as Terraform would for a stack, and prints the account. Terraform itself looks only when the state is
 * read already, and says of a bucket of another account no more than "access denied".
 *
 * @param folder of a synthesized stack, or of an artifact
 * @throws ConfigurationError AWS_CREDENTIALS_MISSING, AWS_ACCOUNT_NOT_ALLOWED, AWS_CALL_REFUSED and those of reading a stack
 */
export async function accountCommand(projectRoot: string, folder: string): Promise<void> {
  const { definition, provider } = await readDeclaredStack(resolve(projectRoot, folder), undefined);
  const { id } = await signIn(definition.name, provider);
  console.log(`${definition.name}: the credentials are of account ${id}`);
}
