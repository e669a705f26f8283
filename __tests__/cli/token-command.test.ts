import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseClaim } from "../../cli/token-claim";
import { choosePool } from "../../cli/token-command";
import { ConfigurationError } from "../../definition/configuration-error";
import { projectTokenIssuer } from "../../local/auth/issuer-file";

const POOLS = ["eu-central-1_staff", "eu-central-1_users"];

describe("headgate token", () => {
  it.each([
    [POOLS, "eu-central-1_users", "eu-central-1_users"],
    [POOLS, "staff", "eu-central-1_staff"],
    [["eu-central-1_only"], undefined, "eu-central-1_only"],
  ])("finds among the pools %j for %s", (pools, requested, found) => {
    expect(choosePool(pools, requested, "orders-dev")).toBe(found);
  });

  it.each([
    [
      "no pool has the name",
      POOLS,
      "user",
      "USER_POOL_UNKNOWN",
      /"user".*\n.*\n.*eu-central-1_staff, eu-central-1_users/,
    ],
    ["there are no pools", [], undefined, "USER_POOL_UNKNOWN", /add a CognitoUserPoolsAuthorizer/],
    ["there are several", POOLS, undefined, "USER_POOL_AMBIGUOUS", /name one with --pool/],
  ])("fails when %s", (_, pools, requested, code, message) => {
    const choose = () => choosePool(pools, requested, "orders-dev");

    expect(choose).toThrow(ConfigurationError);
    expect(choose).toThrow(expect.objectContaining({ code }));
    expect(choose).toThrow(message);
  });

  it.each([
    ["sub=ann", ["sub", "ann"]],
    ["custom:note=a=b", ["custom:note", "a=b"]],
    ["nickname=12", ["nickname", "12"]],
    ["exp=12", ["exp", 12]],
    ["email_verified=true", ["email_verified", true]],
    ['cognito:groups=["a"]', ["cognito:groups", ["a"]]],
    ["name=[a", ["name", "[a"]],
    ["name=", ["name", ""]],
    ["name", undefined],
  ])("reads the claim %s", (text, claim) => {
    expect(parseClaim(text)).toEqual(claim);
  });
});

describe("the issuer of a project", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "headgate-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("keeps its key, so that gateway and command agree", () => {
    const made = projectTokenIssuer(root);

    expect(projectTokenIssuer(root).keyId).toBe(made.keyId);
    expect(statSync(join(root, ".headgate", "token-issuer.pem")).mode & 0o077).toBe(0);
    expect(readFileSync(join(root, ".headgate", ".gitignore"), "utf8")).toBe("*\n");
    expect(readFileSync(join(root, ".headgate", "token-issuer.pem"), "utf8")).toContain("PRIVATE KEY");
  });

  it("fails when the file of the key holds none", () => {
    projectTokenIssuer(root);
    writeFileSync(join(root, ".headgate", "token-issuer.pem"), "x");

    expect(() => projectTokenIssuer(root)).toThrow(
      expect.objectContaining({ code: "TOKEN_KEY_INVALID", fix: expect.stringContaining("delete the file") }),
    );
  });
});
