import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { FunctionDefinition } from "../../../definition/function";
import { afterAnswer, js, packageFolder, start } from "./start-function";

describe("logs", () => {
  it("are in Lambda's format, between START, END and REPORT", async () => {
    const { invoke, log } = start(
      js(
        "console.log('loading'); exports.handler = async () => { console.warn('careful', { a: 1 }); process.stdout.write('raw') }",
      ),
    );

    const { requestId } = await invoke();
    await afterAnswer();

    const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;
    expect(
      log.map((line) =>
        line
          .replace(time, "TIME")
          .replace(requestId, "ID")
          .replace(/[\d.]+ (ms|MB)/g, "N $1"),
      ),
    ).toEqual(
      expect.arrayContaining([
        "TIME\tundefined\tINFO\tloading",
        "START RequestId: ID Version: $LATEST",
        "TIME\tID\tWARN\tcareful { a: 1 }",
        "END RequestId: ID",
        "REPORT RequestId: ID\tDuration: N ms\tBilled Duration: N ms\tMemory Size: N MB\tMax Memory Used: N MB\tInit Duration: N ms",
      ]),
    );
  });

  it("are cut at a limit of bytes for each request", async () => {
    const { invoke, log } = start(
      js(
        "exports.handler = async (e) => { for (let i = 0; i < e.lines; i++) process.stdout.write('x'.repeat(99) + '\\n'); return 1 }",
      ),
    );

    const flood = await invoke({ lines: 200_000 });
    const linesOfFlood = log.length;
    await invoke({ lines: 10 });

    expect(flood.value).toBe(1);
    expect(linesOfFlood).toBeLessThan(12_000);
    expect(log.filter((line) => line.includes("more than 1048576 bytes"))).toHaveLength(1);
  });
});

describe("invoke", () => {
  it("answers 404 for a function that is not there", async () => {
    const { invoke } = start(js(""));

    const { status, value } = await invoke({}, { functionName: "other" });

    expect(status).toBe(404);
    expect(value.Message).toBe("Function not found: arn:aws:lambda:eu-central-1:000000000000:function:other");
  });

  it("answers an asynchronous call at once", async () => {
    const { invoke } = start(js("exports.handler = async () => { for (;;); }"));

    const { status, value } = await invoke({}, { type: "Event" });

    expect({ status, value }).toEqual({ status: 202, value: undefined });
  });

  it.each<[string, Partial<FunctionDefinition>, string]>([
    ["its code is no local zip", { packageFile: undefined }, "FUNCTION_NOT_RUNNABLE"],
    ["it runs on something else than Node.js", { runtime: "python3.13" }, "FUNCTION_NOT_RUNNABLE"],
    ["its zip is missing", { packageFile: "missing.zip" }, "FUNCTION_PACKAGE_MISSING"],
    ["its zip is no zip", { packageFile: "broken.zip" }, "FUNCTION_PACKAGE_INVALID"],
    ["its zip writes outside of the package", { packageFile: "evil.zip" }, "FUNCTION_PACKAGE_INVALID"],
  ])("fails when %s", async (_title, definition, code) => {
    writeFileSync(join(packageFolder, "broken.zip"), "no zip");
    writeFileSync(join(packageFolder, "evil.zip"), zipSync({ "../evil.js": strToU8("") }));
    const { invoke } = start({ ...js(""), definition });

    for (const time of ["first", "second"]) {
      const message = expect.stringContaining("aws_lambda_function.fn");
      await expect(invoke({ time })).rejects.toMatchObject({ code, message });
    }
  });
});
