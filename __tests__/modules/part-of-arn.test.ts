import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformOutput } from "cdktf";
import { lastPartOf } from "../../modules/part-of-arn";
import { synthApi } from "../../modules/testing";

describe("the last part of an ARN", () => {
  it.each([
    ["arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1", "/", "sg-1"],
    ["arn:aws:s3:::bucket", ":", "bucket"],
  ] as const)("is cut from %s", (arn, separator, expected) => {
    expect(lastPartOf(arn, separator)).toBe(expected);
  });

  it("is left to Terraform where only it knows the ARN", () => {
    const terraform = synthApi((stack) => {
      const { arn } = new SecurityGroup(stack, "Group", {});
      new TerraformOutput(stack, "Id", { value: lastPartOf(arn, "/") });
    });

    expect(Object(terraform.output).Id.value).toBe('${element(reverse(split("/", aws_security_group.Group.arn)), 0)}');
  });
});
