import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import {
  AuthorizationType,
  type Grantee,
  type HeadgateStack,
  RestApi,
  Role,
  ServicePrincipal,
  ServiceRole,
} from "../../../modules";
import { assertOrderRules, onlyResource, synthApi } from "../../../modules/testing";
import { expectRefusal } from "../support/refusals";

const ASSUMED = { assumeRolePolicy: "{}", lifecycle: { createBeforeDestroy: true } };

function synthGranted(granteeIn: (stack: HeadgateStack) => Grantee) {
  return synthApi((stack) => {
    const books = new RestApi(stack, "Api").root.resourceForPath("books/{id}");
    const method = books.addMethod("GET", undefined, { authorizationType: AuthorizationType.IAM });
    method.grantExecute(granteeIn(stack));
  });
}

describe("grantExecute of a method", () => {
  it.each<[string, string, (stack: HeadgateStack) => Grantee]>([
    ["a user", "aws_iam_user_policy", (stack) => new IamUser(stack, "User", { name: "reader" })],
    ["a group", "aws_iam_group_policy", (stack) => new IamGroup(stack, "Group", { name: "readers" })],
    ["a plain role", "aws_iam_role_policy", (stack) => new IamRole(stack, "Plain", { name: "reader", ...ASSUMED })],
    [
      "a role",
      "aws_iam_role_policy",
      (stack) => new Role(stack, "Reader", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") }),
    ],
    [
      "what has a role",
      "aws_iam_role_policy",
      (stack) => {
        const role = new ServiceRole(stack, "Role", { roleName: "reader", service: "lambda.amazonaws.com" });
        return { addToRolePolicy: (statement) => role.addToPolicy(statement) };
      },
    ],
  ])("lets %s invoke it, on the API's own stage", (_name, type, granteeIn) => {
    const terraform = synthGranted(granteeIn);

    assertOrderRules(terraform);
    expect(JSON.parse(String(onlyResource(terraform, type).policy)).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["execute-api:Invoke"],
        Resource: [
          expect.stringMatching(/^\$\{aws_api_gateway_rest_api\.Api_\w+\.execution_arn\}\/prod\/GET\/books\/\*$/),
        ],
      },
    ]);
  });

  it("fails when what is granted it can have no policy", () => {
    expectRefusal({
      code: "GRANTEE_UNKNOWN",
      problem: 'got "aws_sqs_queue"',
      build: () => synthGranted((stack) => new SqsQueue(stack, "Queue", { name: "q" })),
    });
  });
});
