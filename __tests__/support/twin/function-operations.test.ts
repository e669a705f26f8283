import { zipSync } from "fflate";
import { describeMoto } from "../terraform/availability";
import { type AwsClient, awsClient } from "./client";
import { type MotoServer, startMotoServer } from "./moto-server";
import { startTwin, type Twin } from "./twin";

const ROLE = "arn:aws:iam::123456789012:role/f";

describeMoto("functions of the twin", () => {
  let moto: MotoServer;
  let twin: Twin;
  let client: AwsClient;
  beforeAll(async () => {
    moto = await startMotoServer();
    twin = await startTwin({ motoUrl: moto.url });
    client = awsClient(twin.url);
    await client.query("iam", "CreateRole", { RoleName: "f", AssumeRolePolicyDocument: "{}" });
    const settings = { FunctionName: "f", Role: ROLE, Handler: "h.handler", Runtime: "nodejs22.x" };
    await client.rest("lambda", "POST", "/2015-03-31/functions", { ...settings, Code: { ZipFile: zipOf("a") } });
  }, 30_000);
  afterAll(async () => {
    await twin.stop();
    await moto.stop();
  });

  async function upload(code: string): Promise<string> {
    await client.rest("lambda", "PUT", "/2015-03-31/functions/f/code", { ZipFile: zipOf(code) });
    return String((await client.rest("lambda", "POST", "/2015-03-31/functions/f/versions", {})).body.Version);
  }

  it("publishes a version when code has changed, and none when the same code is uploaded again", async () => {
    const versions = [await upload("a"), await upload("a"), await upload("b"), await upload("b")];

    expect(versions).toEqual(["1", "1", "2", "2"]);
  });

  it("keeps with each version what an update changes later", async () => {
    const path = "/2015-03-31/functions/f/configuration";
    await client.rest("lambda", "PUT", path, { TracingConfig: { Mode: "Active" }, EphemeralStorage: { Size: 1024 } });
    const version = await upload("c");
    await client.rest("lambda", "PUT", path, { EphemeralStorage: { Size: 2048 } });

    const published = await client.rest("lambda", "GET", `${path}?Qualifier=${version}`);
    const latest = await client.rest("lambda", "GET", path);

    expect(published.body).toMatchObject({ TracingConfig: { Mode: "Active" }, EphemeralStorage: { Size: 1024 } });
    expect(latest.body).toMatchObject({ TracingConfig: { Mode: "Active" }, EphemeralStorage: { Size: 2048 } });
  });
});

function zipOf(code: string): string {
  return Buffer.from(zipSync({ "h.js": [Buffer.from(code), { mtime: new Date("2026-01-01") }] })).toString("base64");
}
