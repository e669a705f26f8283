import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { LambdaIntegration, NodejsFunction, RestApi, RetentionDays, SqsIntegration } from "../../../modules";
import {
  assertOrderRules,
  type OrderRule,
  orderViolations,
  synthApi,
  type TerraformJson,
} from "../../../modules/testing";

type Body = Record<string, unknown>;

function synth(): TerraformJson {
  return synthApi((stack) => {
    const table = new DynamodbTable(stack, "Orders", { name: "orders", hashKey: "id" });
    const queue = new SqsQueue(stack, "Events", { name: "events" });
    const handler = new NodejsFunction(stack, "Fn", {
      bundle: "create-order",
      environment: { ORDERS_TABLE: "orders" },
    });
    handler.grant(table, "dynamodb:PutItem");
    const api = new RestApi(stack, "Api", { deployOptions: { accessLogRetention: RetentionDays.ONE_DAY } });
    api.root.addMethod("POST", new LambdaIntegration(handler));
    api.root.addResource("events").addMethod("POST", new SqsIntegration(queue));
  });
}

/** The only resource of a type whose logical id holds a text, to be changed in place. */
function resource(terraform: TerraformJson, type: string, part = ""): Body {
  const found = Object.entries(terraform.resource?.[type] ?? {}).filter(([id]) => id.includes(part));
  const [only] = found;
  if (only === undefined || found.length !== 1)
    throw new Error(`expected one ${type} with ${part}, found ${found.length}`);
  return only[1] as Body;
}

function withoutDependency(body: Body, part: string): void {
  body.depends_on = (body.depends_on as string[]).filter((address) => !address.includes(part));
}

/** Makes a stack wrong in one respect. */
interface Mutation {
  readonly mistake: string;
  readonly rule: OrderRule;
  readonly mutate: (terraform: TerraformJson) => void;
}

const MUTATIONS: readonly Mutation[] = [
  {
    mistake: "the import refers to a function",
    rule: "import-first",
    mutate: (it) => {
      const put = resource(it, "aws_api_gateway_rest_api_put");
      put.body = `${String(put.body)}\${aws_lambda_function.Fn_574BB503.invoke_arn}`.replace(
        /Fn_\w+/,
        Object.keys(it.resource?.aws_lambda_function ?? {})[0] ?? "",
      );
    },
  },
  {
    mistake: "the deployment waits for a permission",
    rule: "import-first",
    mutate: (it) => {
      const [permission] = Object.keys(it.resource?.aws_lambda_permission ?? {});
      (resource(it, "aws_api_gateway_deployment").depends_on as string[]).push(`aws_lambda_permission.${permission}`);
    },
  },
  {
    mistake: "the deployment does not wait for the import",
    rule: "import-first",
    mutate: (it) => {
      resource(it, "aws_api_gateway_deployment").depends_on = [];
    },
  },
  ...[
    ["aws_lambda_function", ""],
    ["aws_lambda_alias", ""],
    ["aws_lambda_permission", ""],
    ["aws_iam_role_policy", "Fn"],
    ["aws_iam_role_policy", "Call"],
    ["aws_iam_role", "Call"],
    ["aws_cloudwatch_log_group", "Fn"],
    ["aws_sqs_queue", ""],
    ["aws_dynamodb_table", ""],
  ].map(
    ([type = "", part = ""]): Mutation => ({
      mistake: `the stage does not wait for ${type} ${part}`,
      rule: "traffic-last",
      mutate: (it) => {
        const [id = ""] = Object.keys(it.resource?.[type] ?? {}).filter((it) => it.includes(part));
        const forgotten = `${type}.${id}`;
        // Nothing else may lead there either, so every edge to it goes.
        for (const instances of Object.values(it.resource ?? {})) {
          for (const body of Object.values(instances) as Body[]) {
            for (const [name, value] of Object.entries(body)) {
              if (name === "depends_on") withoutDependency(body, forgotten);
              else if (typeof value === "string" && name !== "body")
                body[name] = value.replaceAll(`\${${forgotten}.`, "${local.x.");
            }
          }
        }
      },
    }),
  ),
  ...[
    ["aws_api_gateway_deployment", ""],
    ["aws_lambda_function", ""],
    ["aws_lambda_alias", ""],
    ["aws_lambda_permission", ""],
    ["aws_iam_role", "Fn"],
    ["aws_iam_role_policy", "Fn"],
  ].map(
    ([type = "", part = ""]): Mutation => ({
      mistake: `${type} is destroyed before it is created`,
      rule: "replace-first",
      mutate: (it) => {
        delete resource(it, type, part).lifecycle;
      },
    }),
  ),
  {
    mistake: "a permission has a generated statement id",
    rule: "distinct-statements",
    mutate: (it) => {
      const permission = resource(it, "aws_lambda_permission");
      permission.statement_id = "AllowApi";
    },
  },
  ...[
    ["aws_dynamodb_table", "Orders", "name"],
    ["aws_sqs_queue", "Events", "url"],
    ["aws_cloudwatch_log_group", "Fn", "name"],
  ].map(
    ([type = "", part = "", attribute = ""]): Mutation => ({
      mistake: `a function refers to ${type}`,
      rule: "data-apart",
      mutate: (it) => {
        const [id] = Object.keys(it.resource?.[type] ?? {}).filter((it) => it.includes(part));
        resource(it, "aws_lambda_function").environment = { variables: { A: `\${${type}.${id}.${attribute}}` } };
      },
    }),
  ),
  {
    mistake: "a role policy that is created before it is destroyed refers to a table",
    rule: "data-apart",
    mutate: (it) => {
      const [table] = Object.keys(it.resource?.aws_dynamodb_table ?? {});
      resource(it, "aws_iam_role_policy", "Fn").policy = `{"Resource": "\${aws_dynamodb_table.${table}.arn}"}`;
    },
  },
];

describe("orderViolations", () => {
  it("finds none in what the constructs emit", () => {
    expect(orderViolations(synth())).toEqual([]);
    expect(() => assertOrderRules(synth())).not.toThrow();
  });

  it.each(MUTATIONS)("turns red when $mistake", ({ rule, mutate }) => {
    const terraform = synth();
    mutate(terraform);

    expect(orderViolations(terraform).map((violation) => violation.rule)).toContain(rule);
    expect(() => assertOrderRules(terraform)).toThrow(new RegExp(`the order of apply is wrong\\n {2}.*${rule}: `, "s"));
  });

  it("lets a stage wait for the permission of its own API alone, where several share a function", () => {
    const terraform = synthApi((stack) => {
      const handler = new NodejsFunction(stack, "Fn", { bundle: "create-order" });
      for (const id of ["Orders", "Returns"]) {
        new RestApi(stack, id).root.addMethod("POST", new LambdaIntegration(handler));
      }
    });

    expect(orderViolations(terraform)).toEqual([]);
  });

  it("does not take an escaped reference for one", () => {
    const terraform = synth();
    const [table] = Object.keys(terraform.resource?.aws_dynamodb_table ?? {});
    resource(terraform, "aws_lambda_function").environment = {
      variables: { A: `$\${aws_dynamodb_table.${table}.name}` },
    };

    expect(orderViolations(terraform)).toEqual([]);
  });
});
