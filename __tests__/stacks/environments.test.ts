import { selectEnvironments } from "../../environments";
import { resourcesOf, synthStack, type TerraformJson } from "../../modules/testing";
import { AccountStack } from "../../stacks/account";
import { OrdersApiStack } from "../../stacks/orders-api";

const stacks = selectEnvironments(undefined).flatMap((environment): TerraformJson[] => [
  synthStack((app) => new OrdersApiStack(app, `orders-${environment.name}`, environment)),
  synthStack((app) => new AccountStack(app, `account-${environment.account}-${environment.region}`, environment)),
]);

/** Arguments that are unique in an account and region, by resource type. */
const UNIQUE = {
  aws_lambda_function: "function_name",
  aws_iam_role: "name",
  aws_cloudwatch_log_group: "name",
  aws_dynamodb_table: "name",
  aws_sqs_queue: "name",
  aws_api_gateway_rest_api: "name",
} as const;

describe("the state of a stack", () => {
  const backends = stacks.map(({ terraform }) => Object(terraform).backend.s3);

  it("is no other stack's", () => {
    const places = backends.map(({ bucket, key }) => `${bucket}/${key}`);

    expect(places).toHaveLength(6);
    expect(new Set(places).size).toBe(6);
  });

  it("is in the bucket of its environment, so that no role of one environment has to see another's", () => {
    expect(new Set(backends.map(({ bucket }) => bucket)).size).toBe(3);
  });

  it("is encrypted, and locked by a file beside it", () => {
    for (const backend of backends) expect(backend).toMatchObject({ encrypt: true, use_lockfile: true });
  });
});

describe("environments", () => {
  it("share no name that must be unique in an account", () => {
    const names = Object.entries(UNIQUE).flatMap(([type, argument]) =>
      stacks
        .filter((stack) => Object.keys(resourcesOf(stack, "aws_api_gateway_rest_api")).length > 0)
        .flatMap((stack) => Object.values(resourcesOf(stack, type)).map((resource) => `${type} ${resource[argument]}`)),
    );

    expect(names.length).toBeGreaterThan(60);
    expect(new Set(names).size).toBe(names.length);
  });

  it("leave the role out where the credentials are those of the role, and refuse other accounts nonetheless", () => {
    const [dev] = selectEnvironments("dev", false);
    if (dev === undefined) throw new Error("there is no environment dev");

    const { provider } = synthStack((app) => new OrdersApiStack(app, "orders-dev", dev));

    expect(provider).toEqual({
      aws: [expect.objectContaining({ allowed_account_ids: ["111111111111"], region: "eu-west-1" })],
    });
    expect(JSON.stringify(provider)).not.toContain("assume_role");
  });
});
