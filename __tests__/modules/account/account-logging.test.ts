import { AccountLogging } from "../../../modules";
import { assertOrderRules, onlyResource, synthApi, terraformSnapshotSerializer } from "../../../modules/testing";

expect.addSnapshotSerializer(terraformSnapshotSerializer);

describe("AccountLogging", () => {
  it("emits role and account setting: minimal", () => {
    const terraform = synthApi((stack) => {
      new AccountLogging(stack, "Logging");
    });

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("takes a name for its role, in any partition: everything", () => {
    const terraform = synthApi(
      (stack) => {
        new AccountLogging(stack, "Logging", { roleName: "logs" });
      },
      { region: "cn-north-1" },
    );

    expect(terraform).toMatchSnapshot();
    assertOrderRules(terraform);
  });

  it("is never destroyed: the logs of all APIs of the account would end", () => {
    const terraform = synthApi((stack) => {
      new AccountLogging(stack, "Logging", { roleName: "logs" });
    });

    for (const type of ["aws_api_gateway_account", "aws_iam_role"]) {
      expect(onlyResource(terraform, type).lifecycle).toMatchObject({ prevent_destroy: true });
    }
    expect(onlyResource(terraform, "aws_iam_role").name).toBe("logs");
  });
});
