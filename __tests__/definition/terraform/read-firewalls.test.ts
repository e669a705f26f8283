import { apiId, apiResources, readResources } from "./roots";

describe("a web application firewall", () => {
  it.each(["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"])(
    "stands in front of a stage: %s",
    async (type) => {
      const resource_arn = "${aws_api_gateway_stage.v1.arn}";

      const { firewalls, apis } = await readResources({
        ...apiResources,
        aws_api_gateway_stage: { v1: { rest_api_id: apiId, stage_name: "v1" } },
        [type]: { own: { resource_arn, web_acl_arn: "arn" } },
      });

      expect(firewalls).toEqual([`arn:aws:apigateway:us-east-1::/restapis/${apis[0]?.id}/stages/v1`]);
    },
  );
});
