import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { readLocalConfig } from "../../local/config";

describe("headgate.local.json", () => {
  let root = "";

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "headgate-"));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const written = (content: string) => {
    writeFileSync(join(root, "headgate.local.json"), content);
    return () => readLocalConfig(root);
  };

  it("need not exist", () => {
    expect(readLocalConfig(root)).toEqual({
      origins: {},
      apiKeys: {},
      endpoints: {},
      functions: {},
      identities: {},
      request: {},
      userPools: {},
      seed: {},
    });
  });

  it("says what differs on localhost", () => {
    const config = {
      stack: "orders-dev",
      origins: {
        "https://rates.example.com": "http://127.0.0.1:9999",
        "https://other.example.com:8443": { folder: "upstreams/other" },
      },
      apiKeys: { pro: "value" },
      endpoints: { dynamodb: "http://127.0.0.1:8000" },
      functions: {
        "orders-dev-x": { environment: { A: "b" } },
        "orders-dev-y": { environment: {}, url: "http://127.0.0.1:9001" },
        "orders-dev-z": { environment: {}, command: "python3 -m awslambdaric app.handler" },
      },
      identities: { ann: { secretAccessKey: "s", arn: "arn:aws:iam::111122223333:user/ann", allow: ["*"], deny: [] } },
      request: { sourceIp: "203.0.113.7", sourceVpc: "vpc-1", sourceVpce: "vpce-1" },
      userPools: { users: { id: "eu-central-1_a1B2", jwks: "keys.json" } },
      seed: { "orders-dev-products": "seeds/products.json" },
    };

    expect(written(JSON.stringify(config))()).toEqual(config);
  });

  it("fills in what a function leaves out", () => {
    expect(written('{"functions":{"x":{}}}')().functions).toEqual({ x: { environment: {} } });
  });

  it("fails when it is no JSON", () => {
    const read = written('{"stack": }');

    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(
      /^LOCAL_CONFIG_NOT_JSON: the file is no JSON: .*\n {2}at headgate\.local\.json\n {2}fix: correct the JSON/,
    );
  });

  it.each([
    ['{"orgins":{}}', 'the file has the unknown key "orgins"', "use stack, origins, apiKeys"],
    ['{"functions":{"x":{"env":{}}}}', '"functions.x" has the unknown key "env"', "correct its name"],
    ['{"functions":{"x":{"url":"127.0.0.1:9001"}}}', '"functions.x.url"', "write a URL"],
    ['{"functions":{"x":{"command":""}}}', '"functions.x.command"', "write a text that is not empty"],
    [
      '{"functions":{"x":{"url":"http://localhost:1","command":"y"}}}',
      '"functions.x"',
      'keep "url" for a function that runs already',
    ],
    ['{"identities":{"ann":{}}}', "secretAccessKey", 'add "secretAccessKey"'],
    ['{"identities":{"ann":{"secretAccessKey":"s","arn":"ann"}}}', '"identities.ann.arn"', "write an ARN"],
    [
      '{"identities":{"ann":{"secretAccessKey":"s","allow":["/v1"]}}}',
      '"identities.ann.allow.0"',
      "write resources as",
    ],
    ['{"identities":{"ann":{"secretAccessKey":"s","deny":"*"}}}', '"identities.ann.deny"', "write an array"],
    ['{"identities":{"ann":{"secretAccessKey":"s","organizationId":"x"}}}', "organizationId", "id of an organization"],
    ['{"request":{"sourceIp":"10.0.0.0/8"}}', '"request.sourceIp"', "write one IP address"],
    ['{"request":{"sourceVpce":"vpc-1"}}', '"request.sourceVpce"', 'as in "vpce-0a1b2c3d"'],
    ['{"request":{"ip":"x"}}', '"request" has the unknown key "ip"', "correct its name"],
    ['{"userPools":{"users":{}}}', '"userPools.users"', 'write "id", "jwks" or both'],
    ['{"userPools":{"users":{"id":"users"}}}', '"userPools.users.id"', "id of a user pool"],
    ['{"stack":1}', '"stack" must be string', "write a string"],
    ['{"origins":{"https://a.example.com":"nowhere"}}', '"origins.https://a.example.com"', "write origins as"],
    ['{"origins":{"https://a.example.com/path":"http://b"}}', "https://a.example.com/path", "write origins as"],
    ['{"origins":{"https://a.example.com":{"directory":"x"}}}', "folder", 'add "folder"'],
    ['{"endpoints":{"sqs":"localhost"}}', '"endpoints.sqs"', "write a URL"],
    ['{"apiKeys":{"pro":""}}', '"apiKeys.pro"', "not empty"],
    ["[]", "the file must be object", "write an object"],
  ])("fails when it is %s", (content, problem, fix) => {
    const read = written(content);

    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(expect.objectContaining({ code: "LOCAL_CONFIG_INVALID", place: "headgate.local.json" }));
    expect(read).toThrow(problem);
    expect(read).toThrow(fix);
  });
});
