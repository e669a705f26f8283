import { createGateway } from "../../local/pipeline";
import { DomainName, MockIntegration, RestApi } from "../../modules";
import { EMISSIONS } from "../../modules/rest-api/emission/emission";
import { synthApi } from "../../modules/testing";
import { readTerraform } from "../../modules/testing/route-facts";
import { fakeHost } from "../support/gateway";

const mock = (text: string) =>
  new MockIntegration({
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: [{ statusCode: "200", responseTemplates: { "application/json": text } }],
  });

describe("a custom domain of the same stack", () => {
  it.each(EMISSIONS)("serves the APIs that are mapped to it, emitted as %s", async (emission) => {
    const terraform = synthApi((stack) => {
      const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/1" };
      const domain = new DomainName(stack, "Domain", { domainName: "api.example.com", certificate });
      const api = (name: string) => {
        const made = new RestApi(stack, name, {
          emission,
          restApiName: name,
          deployOptions: { stageName: "v1" },
          disableExecuteApiEndpoint: true,
        });
        made.route("GET /things", mock(`${name} $context.stage`), {
          methodResponses: [{ statusCode: "200" }],
        });
        return made;
      };
      domain.addBasePathMapping(api("shop"), { basePath: "shop" });
      domain.addBasePathMapping(api("ops"), { basePath: "internal/ops" });
    });
    const stack = readTerraform(terraform);
    const gateway = createGateway({ stacks: [stack], host: fakeHost() });
    const ask = async (host: string, target: string) => {
      const headers = [["Host", host]] as const;
      const sent = { method: "GET", target, headers, body: Buffer.alloc(0), sourceIp: "::1", protocol: "HTTP/1.1" };
      const { status, body } = await gateway.handle(sent);
      return `${status} ${body}`;
    };
    const [shop] = stack.apis;

    expect(gateway.notEmulated()).toEqual([]);
    expect(await ask("api.example.com", "/shop/things")).toBe("200 shop v1");
    expect(await ask("api.example.com", "/internal/ops/things")).toBe("200 ops v1");
    expect(await ask("api.example.com", "/things")).toBe('403 {"message":"Forbidden"}');
    expect(await ask("127.0.0.1:3000", "/ops/v1/things")).toBe("200 ops v1");
    expect(await ask(`${shop?.id}.execute-api.eu-west-1.amazonaws.com`, "/v1/things")).toBe(
      '403 {"message":"Forbidden"}',
    );
  });

  it("is named to who asks for another host", async () => {
    const terraform = synthApi((stack) => {
      const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/1" };
      const domain = new DomainName(stack, "Domain", { domainName: "api.example.com", certificate });
      const api = new RestApi(stack, "Shop", { restApiName: "shop", deployOptions: { stageName: "v1" } });
      api.route("GET /things", mock("things"));
      domain.addBasePathMapping(api, { basePath: "shop" });
    });
    const host = fakeHost();
    const gateway = createGateway({ stacks: [readTerraform(terraform)], host });

    const headers = [["Host", "apo.example.com"]] as const;
    await gateway.handle({
      ...{ method: "GET", target: "/shop/things", headers, body: Buffer.alloc(0) },
      ...{ sourceIp: "::1", protocol: "HTTP/1.1" },
    });

    expect(host.explained.join()).toContain('the host "apo.example.com" is none of the domains api.example.com');
  });
});
