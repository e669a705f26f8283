import { renderRecovery } from "../../../deploy/recover/render-recovery";

describe("renderRecovery", () => {
  it("puts what is to decide first, with a command for each candidate, and what is simply not there last", () => {
    const text = renderRecovery({
      stack: "shop",
      removed: false,
      file: "/project/cdktf.out/stacks/shop/headgate-recover.tf.json",
      objects: [
        { address: "aws_iam_role.shop", type: "aws_iam_role", outcome: "imported", object: "shop" },
        { address: "aws_sqs_queue.events", type: "aws_sqs_queue", outcome: "made anew" },
        {
          address: "aws_api_gateway_rest_api.shop",
          type: "aws_api_gateway_rest_api",
          outcome: "ambiguous",
          reason: "2 objects match",
          candidates: [{ id: "a1", createdAt: "2026-01-31T12:00:00.000Z" }, { id: "b2" }],
        },
      ],
    });

    expect(text.split("\n")).toEqual([
      "aws_api_gateway_rest_api.shop  ambiguous  2 objects match",
      "  terraform import 'aws_api_gateway_rest_api.shop' a1   # made 2026-01-31T12:00:00.000Z",
      "  terraform import 'aws_api_gateway_rest_api.shop' b2",
      "aws_iam_role.shop              imported   shop",
      "",
      "1 to decide: import one by hand, as shown, or delete what is not wanted; then run this again",
      "1 declared and not in the account: apply makes them",
      "  aws_sqs_queue.events",
      "shop: 1 to import, written to headgate-recover.tf.json",
      "next: terraform apply (or cdktf deploy), then this command again, which removes the file",
    ]);
  });

  it("names ten of what is not there, and counts the others", () => {
    const objects = Array.from({ length: 12 }, (_, index) => {
      return { address: `aws_sqs_queue.q${index}`, type: "aws_sqs_queue", outcome: "made anew" } as const;
    });

    const lines = renderRecovery({ stack: "shop", objects, removed: false }).split("\n");

    expect(lines.slice(0, 2)).toEqual(["12 declared and not in the account: apply makes them", "  aws_sqs_queue.q0"]);
    expect(lines.slice(10)).toEqual(["  aws_sqs_queue.q9", "  and 2 more", "shop: nothing to import"]);
  });

  it("says so when there is nothing to do, and when it took an earlier file away", () => {
    expect(renderRecovery({ stack: "shop", objects: [], removed: true })).toBe(
      "shop: nothing to import\nthe import blocks of an earlier run were removed",
    );
  });
});
