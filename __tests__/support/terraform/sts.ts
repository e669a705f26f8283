import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The one service that a first plan calls: it says who Terraform is. Everything else is refused. */
export interface Sts {
  readonly url: string;
  /** What was asked, as in `AssumeRole`. */
  readonly operations: readonly string[];
  stop(): Promise<void>;
}

/** Access keys carry the account of the role that was assumed. */
const ACCESS_KEY = /Credential=ASIA(\d{12})TEST\//;

const ANSWERS: Readonly<Record<string, (account: string) => string>> = {
  AssumeRole: (account) => `
    <Credentials>
      <AccessKeyId>ASIA${account}TEST</AccessKeyId>
      <SecretAccessKey>testing</SecretAccessKey>
      <SessionToken>testing</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::${account}:assumed-role/deploy/terraform</Arn>
      <AssumedRoleId>AROATEST:terraform</AssumedRoleId>
    </AssumedRoleUser>`,
  GetCallerIdentity: (account) => `
    <Arn>arn:aws:sts::${account}:assumed-role/deploy/terraform</Arn>
    <UserId>AROATEST:terraform</UserId>
    <Account>${account}</Account>`,
};

/** Starts the service on a free port of 127.0.0.1. */
export async function startSts(): Promise<Sts> {
  const operations: string[] = [];
  const server = createServer(async (request, response) => {
    const parameters = new URLSearchParams(await text(request));
    const operation = parameters.get("Action") ?? `${request.method} ${request.url}`;
    operations.push(operation);
    const [, ofRole] = /^arn:aws:iam::(\d{12}):role\//.exec(parameters.get("RoleArn") ?? "") ?? [];
    const [, ofKey] = ACCESS_KEY.exec(request.headers.authorization ?? "") ?? [];
    const answer = ANSWERS[operation]?.(ofRole ?? ofKey ?? "000000000000");
    response.writeHead(answer === undefined ? 501 : 200, { "Content-Type": "text/xml" });
    response.end(
      `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${answer}</${operation}Result></${operation}Response>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    operations,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
