import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { markUnknown } from "../../../definition/unknown";
import { compareFunction } from "../../../deploy/drift/compare-functions";
import type { DeclaredFunction } from "../../../deploy/drift/declared-functions";

const LIVE = { address: "aws_lambda_alias.live", name: "live" };
const declaredWith = (members: Partial<DeclaredFunction> = {}): DeclaredFunction => ({
  address: "aws_lambda_function.read",
  name: "read",
  sourceCodeHash: "new",
  handler: "index.handler",
  runtime: "nodejs22.x",
  memorySizeMb: 128,
  timeoutSeconds: 3,
  environment: {},
  architectures: ["x86_64"],
  layers: [],
  tracingMode: "PassThrough",
  ephemeralStorageMb: 512,
  aliases: [LIVE],
  ...members,
});
const versionWith = (members: FunctionConfiguration = {}): FunctionConfiguration => ({
  Version: "2",
  CodeSha256: "new",
  Handler: "index.handler",
  Runtime: "nodejs22.x",
  MemorySize: 128,
  Timeout: 3,
  ...members,
});
const behind = (declared: DeclaredFunction, version: FunctionConfiguration | undefined, otherVersions = {}) =>
  compareFunction({ declared, latest: versionWith(), aliases: [{ declared: LIVE, version, otherVersions }] });

describe("compareFunction", () => {
  it("compares the version that the alias points to, whatever is newest", () => {
    const { differences } = compareFunction({
      declared: declaredWith(),
      latest: versionWith(),
      aliases: [{ declared: LIVE, version: versionWith({ CodeSha256: "old" }), otherVersions: {} }],
    });

    expect(differences).toEqual([{ place: "read:live", field: "code", declared: "new", deployed: "old" }]);
  });

  it("compares what is newest where there is no alias", () => {
    const declared = declaredWith({ aliases: [] });

    expect(compareFunction({ declared, latest: versionWith({ Timeout: 9 }), aliases: [] }).differences).toEqual([
      { place: "read", field: "timeoutSeconds", declared: 3, deployed: 9 },
    ]);
  });

  it("names a function and an alias that are gone", () => {
    expect(compareFunction({ declared: declaredWith(), aliases: [] }).differences).toMatchObject([
      { place: "read", field: "function", deployed: "missing" },
    ]);
    expect(behind(declaredWith(), undefined).differences).toMatchObject([
      { place: "read:live", field: "alias", deployed: "missing" },
    ]);
  });

  it("compares the number of an alias that stays at a version", () => {
    const declared = { ...LIVE, version: "1" };
    const deployed = { declared: declaredWith({ aliases: [declared] }), latest: versionWith() };

    expect(
      compareFunction({ ...deployed, aliases: [{ declared, version: versionWith(), otherVersions: {} }] }).differences,
    ).toEqual([{ place: "read:live", field: "version", declared: "1", deployed: "2" }]);
  });

  it("names versions that share the calls of an alias", () => {
    expect(behind(declaredWith(), versionWith(), { 1: 0.5 }).differences).toEqual([
      { place: "read:live", field: "routing.1", deployed: 0.5 },
    ]);
  });

  it("lists code that stands in no zip of the stack, and what only AWS knows, as not compared", () => {
    const environment = { POOL: markUnknown({ address: "aws_cognito_user_pool.people", attribute: "id" }) };
    const declared = declaredWith({ sourceCodeHash: undefined, environment });
    const version = versionWith({ Environment: { Variables: { POOL: "eu-west-1_a" } } });

    expect(behind(declared, version)).toMatchObject({
      differences: [],
      notCompared: [{ field: "code" }, { field: "environment.POOL" }],
    });
  });

  it("compares no handler and runtime of an image", () => {
    expect(behind(declaredWith({ handler: undefined, runtime: undefined }), versionWith()).differences).toEqual([]);
  });
});
