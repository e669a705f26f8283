/** Something that users of Terraform and API Gateway suffer from. */
export interface Pain {
  readonly number: number;
  /** What happens to whoever does nothing about it. */
  readonly title: string;
  /** Tests in `__tests__/terraform` that see it prevented by a real apply. */
  readonly applied?: readonly string[];
  /** Why no construct can prevent it. All others have a test here. */
  readonly reason?: string;
  /** What of it no construct can prevent. */
  readonly beyond?: string;
}

/** By subject: deploying (1–10), the imported document (14–19), code (20–26), settings (31–40). */
export const PAINS: readonly Pain[] = [
  { number: 1, title: "a removed route stays live", applied: ["matrix/openapi.test.ts", "matrix/resources.test.ts"] },
  {
    number: 2,
    title: "a failed import is forgotten, and the retry goes green with the old API",
    beyond:
      "a failed upload of code is forgotten by the AWS provider: only `headgate drift` sees it, which looks at Lambda itself",
  },
  { number: 3, title: "another type of integration deletes the integration", applied: ["matrix/resources.test.ts"] },
  {
    number: 4,
    title: "a change is not deployed, or everything is deployed each time",
    applied: ["matrix/openapi.test.ts", "matrix/resources.test.ts"],
  },
  { number: 5, title: "triggers end in an inconsistent final plan", applied: ["cdktf-deploy.test.ts"] },
  {
    number: 6,
    title: "a deployment cannot go, as stages still point to it",
    applied: ["matrix/openapi.test.ts", "matrix/resources.test.ts"],
  },
  { number: 7, title: "a deployment is made before its integrations", applied: ["matrix/resources.test.ts"] },
  { number: 8, title: "the plan is never empty", applied: ["cdktf-deploy.test.ts", "matrix/resources.test.ts"] },
  { number: 9, title: "old deployments are gone, and with them the way back", applied: ["matrix/openapi.test.ts"] },
  { number: 10, title: "renaming or moving code destroys the API", applied: ["matrix/openapi.test.ts"] },
  { number: 14, title: "policy and endpoints vanish when the document changes", applied: ["twin.test.ts"] },
  { number: 15, title: "warnings of an import are swallowed" },
  {
    number: 16,
    title: "what is changed behind Terraform's back is not seen",
    reason:
      'a document is not read back, so no configuration can see it; emission "resources" has an object for each part, which a refresh does read; `headgate drift` looks at both',
  },
  {
    number: 17,
    title: "the plan shows the whole document as unknown",
    applied: ["plan.test.ts", "constructs.test.ts"],
  },
  { number: 18, title: "binary media types do not take, or flap" },
  { number: 19, title: "routes beside a document are overwritten by it" },
  {
    number: 20,
    title: "the hash of code misses changes and sees some that are none",
    applied: ["matrix/openapi.test.ts"],
  },
  { number: 21, title: "the same source gives another zip on another machine" },
  { number: 22, title: "bundling slows every synth and every unit test" },
  { number: 23, title: "native and external modules are missing in the zip" },
  { number: 24, title: "the permissions of a function outgrow its policy" },
  {
    number: 25,
    title: "a permission is gone for a moment after a deploy",
    applied: ["matrix/openapi.test.ts", "matrix/resources.test.ts"],
    beyond: "whoever replaces a function by hand, under its old name, takes the policy with it",
  },
  {
    number: 26,
    title: "secrets stand in plans and comments",
    beyond: "variables of functions stand in plans for all to read: the names of secrets belong there, not the secrets",
  },
  { number: 31, title: "settings of a route hit another path in silence", applied: ["cdktf-deploy.test.ts"] },
  {
    number: 32,
    title: "no throttle, a throttle of zero and the account's are mixed up",
    applied: ["blocked-route.test.ts"],
  },
  { number: 33, title: "a cache serves one caller's data to another" },
  { number: 34, title: "a cache cluster hangs, or is paid for and unused" },
  {
    number: 35,
    title: "one stack takes the CloudWatch role of the account from all others",
    applied: ["cdktf-deploy.test.ts"],
  },
  { number: 36, title: "execution logs are kept for ever, or are there already", applied: ["cdktf-deploy.test.ts"] },
  { number: 37, title: "an alarm can never fire" },
  {
    number: 38,
    title: "a stage falls out of its usage plan",
    applied: ["cdktf-deploy.test.ts", "matrix/openapi.test.ts"],
  },
  {
    number: 39,
    title: "CORS passes the preflight and fails on errors",
    beyond: "what a function answers itself must carry the headers: a proxy integration passes answers on as they are",
  },
  {
    number: 40,
    title: "a change of a custom domain is an outage",
    beyond: "AWS has one mapping for a domain and path: another domain or path under the same construct is a gap",
  },
];

/** Title of the tests of a pain. */
export function pain(number: number): string {
  const found = PAINS.find((it) => it.number === number);
  if (found === undefined) throw new Error(`no pain ${number}`);
  return `pain ${number}: ${found.title}`;
}
