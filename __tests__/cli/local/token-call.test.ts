import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenCall } from "../../../cli/local/token-call";

describe("tokenCall", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "headgate-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it.each<[title: string, content: string | undefined, call: string]>([
    ["the project's script", '{"scripts":{"token":"headgate token"}}', "npm run --silent token --"],
    ["the command, without such a script", '{"scripts":{"start":"headgate local"}}', "npx headgate token"],
    ["the command, without a package.json", undefined, "npx headgate token"],
    ["the command, where package.json is none", "null", "npx headgate token"],
  ])("is %s", (_title, content, call) => {
    if (content !== undefined) writeFileSync(join(folder, "package.json"), content);

    expect(tokenCall(folder)).toBe(call);
  });

  it("names the stack that is asked for", () => {
    expect(tokenCall(folder, { stack: "orders-prod" })).toBe("npx headgate token --stack orders-prod");
  });
});
