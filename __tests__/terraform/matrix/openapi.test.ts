import { MockIntegration, RestApi } from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { describeMatrix } from "./describe-matrix";

describeMatrix("openapi");

it("fails when a document becomes resources: the one change of emission that cannot be made in place", () => {
  const change = () =>
    synthApi((stack) => {
      const api = new RestApi(stack, "Api", { emission: "resources", formerEmission: "openapi" });
      api.route("GET /orders", new MockIntegration());
    });

  expect(change).toThrow("EMISSION_CHANGE_UNSUPPORTED");
});
