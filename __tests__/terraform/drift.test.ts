import { join } from "node:path";
import { findDrift } from "../../deploy/drift/find-drift";
import { Code, Function as Fn, LambdaIntegration, RestApi } from "../../modules";
import { inEnvironment } from "../support/in-environment";
import { describeTerraform } from "../support/terraform/availability";
import { type Harness, type Root, startHarness } from "../support/terraform/harness";
import { FAULTS, failOnce } from "../support/twin/faults";
import { synthStackInto } from "./drift/synth-stack";

describeTerraform("code that Terraform has forgotten", (provider) => {
  let harness: Harness;
  let root: Root;
  let synthesized = 0;
  const drift = (repair = false) =>
    inEnvironment(harness.environment, () => findDrift({ folder: root.folder, repair }));

  beforeAll(async () => {
    harness = await startHarness(provider);
    root = await harness.root("code");
    checkout({ source: "exports.handler = async () => 1" });
    await root.init();
    await root.apply();
  }, 90_000);
  afterAll(() => harness.stop());

  function checkout({ source, greeting = "hello" }: { readonly source: string; readonly greeting?: string }): void {
    const outdir = join(harness.folder, `synthesized-${++synthesized}`);
    root.checkout(
      synthStackInto(outdir, "code", (stack) => {
        const greet = new Fn(stack, "Greet", {
          functionName: "greet",
          handler: "index.handler",
          code: Code.fromInline(source),
          environment: { GREETING: greeting },
        });
        new RestApi(stack, "Api", { restApiName: "code" }).route("GET /greeting", new LambdaIntegration(greet));
      }),
    );
  }

  it("finds none after an apply", async () => {
    expect(await drift()).toMatchObject({ differences: [] });
  }, 60_000);

  it.each([
    {
      operation: "UpdateFunctionCode",
      done: ["uploaded", "published version 2", "moved alias live from version 1 to 2"],
      isForgotten: true,
    },
    {
      operation: "PublishVersion",
      done: ["published version 3", "moved alias live from version 2 to 3"],
      isForgotten: true,
    },
    // Terraform reads which version an alias shows. Lambda answers the version that has the code, where there is one.
    {
      operation: "UpdateAlias",
      done: ["published version 4", "moved alias live from version 3 to 4"],
      isForgotten: false,
    },
  ])(
    "finds and repairs what a failure of $operation left behind",
    async ({ operation, done, isForgotten }) => {
      checkout({ source: `exports.handler = async () => "${operation}"` });
      harness.twin.intercept(failOnce((call) => call.operation === operation, FAULTS[400]));
      const { exitCode } = await root.run("apply", "-input=false", "-auto-approve", "-no-color");
      const isPlanEmpty = await root.planIsEmpty();

      const found = await drift();
      const { repairs } = await drift(true);

      expect({ exitCode, isPlanEmpty }).toEqual({ exitCode: 1, isPlanEmpty: isForgotten });
      expect(found.differences.map(({ place, field }) => `${place} ${field}`)).toEqual(["greet:live code"]);
      expect(repairs).toEqual([{ functionName: "greet", done: done.map((it) => expect.stringContaining(it)) }]);
      expect((await drift()).differences).toEqual([]);
      expect(await root.planIsEmpty()).toBe(true);
    },
    120_000,
  );
});
