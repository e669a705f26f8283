import type { RestApiDefinition } from "../../../definition/rest-api";
import { RestApi } from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { gatewayFor, send } from "../../support/gateway";

const FIRST = "https://a.example";
const SECOND = "https://b.example";

/** `GET /{origin}` for pages of two origins, answered by a MOCK. */
function flights(): RestApiDefinition {
  const definitions: RestApiDefinition[] = [];
  synthApi((stack) => {
    const api = new RestApi(stack, "Api", { defaultCorsPreflightOptions: { allowOrigins: [FIRST, SECOND] } });
    api.root.addResource("{origin}").addMethod("GET");
    definitions.push(api.definition());
  });
  return definitions[0] as RestApiDefinition;
}

describe("the choice between several allowed origins", () => {
  const gateway = gatewayFor(flights());

  it.each([
    ["an HTTP/1.1 client", "Origin", SECOND, SECOND],
    ["an HTTP/2 client, whose names are lower case", "origin", SECOND, SECOND],
    ["the first origin", "Origin", FIRST, FIRST],
    ["an origin that is not allowed", "Origin", "https://c.example", FIRST],
  ])("answers %s", async (_name, header, origin, expected) => {
    for (const method of ["GET", "OPTIONS"]) {
      const answer = await send(gateway, {
        method,
        target: "/v1/BER?origin=FRA&Origin=https://c.example",
        headers: [[header, origin]],
      });

      expect(answer.headers["access-control-allow-origin"]).toBe(expected);
    }
  });

  it("answers a client that is no page", async () => {
    const answer = await send(gateway, { target: `/v1/BER?Origin=${SECOND}` });

    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, FIRST]);
  });
});
