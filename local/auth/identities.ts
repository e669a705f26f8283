import { LOCAL_ACCOUNT_ID } from "../context";
import { type Policy, type Principal, parsePolicy } from "./policy";

/** An identity that signs requests on localhost, as `headgate.local.json` declares it below its access key id. */
export interface LocalIdentity {
  readonly secretAccessKey: string;
  /** Asked for in `X-Amz-Security-Token`. @default - the identity has permanent credentials */
  readonly sessionToken?: string;
  /** @default arn:aws:iam::000000000000:user/<access key id> */
  readonly arn?: string;
  /** What it may call, as in `execute-api:/v1/GET/orders/*`. @default ["*"] */
  readonly allow?: readonly string[];
  /** What it may not call, whatever allows it. @default [] */
  readonly deny?: readonly string[];
  /** Whose cached answers it may have made anew. @default ["*"] */
  readonly invalidateCache?: readonly string[];
  /** Tags of the user or role, for `aws:PrincipalTag/<key>`. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  /** As in `o-a1b2c3d4e5`, for `aws:PrincipalOrgID`. @default - it is in no organization */
  readonly organizationId?: string;
}

/** An identity with its policy. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly principal: Principal;
  readonly isOfThisAccount: boolean;
  readonly policy: Policy;
  readonly tags: Readonly<Record<string, string>>;
  readonly organizationId?: string;
}

/** The credentials that every local function finds in its environment. */
const FUNCTION_CREDENTIALS: Readonly<Record<string, LocalIdentity>> = {
  headgate: { secretAccessKey: "headgate", sessionToken: "headgate" },
};

/** Identities by access key id. */
export function identitiesOf(declared: Readonly<Record<string, LocalIdentity>> = {}): ReadonlyMap<string, Identity> {
  const all = Object.entries({ ...FUNCTION_CREDENTIALS, ...declared });
  return new Map(all.map(([accessKeyId, identity]) => [accessKeyId, identityOf(accessKeyId, identity)]));
}

function identityOf(accessKeyId: string, declared: LocalIdentity): Identity {
  const { secretAccessKey, sessionToken, allow = ["*"], deny = [], invalidateCache = ["*"] } = declared;
  const { tags = {}, organizationId } = declared;
  const arn = declared.arn ?? `arn:aws:iam::${LOCAL_ACCOUNT_ID}:user/${accessKeyId}`;
  const account = arn.split(":")[4] ?? "";
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    principal: { arn, account },
    isOfThisAccount: account === LOCAL_ACCOUNT_ID,
    tags,
    ...(organizationId !== undefined && { organizationId }),
    policy: parsePolicy({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "execute-api:Invoke", Resource: allow },
        { Effect: "Allow", Action: "execute-api:InvalidateCache", Resource: invalidateCache },
        { Effect: "Deny", Action: "execute-api:Invoke", Resource: deny },
      ],
    }),
  };
}
