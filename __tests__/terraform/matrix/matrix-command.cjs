/** `npm run test:matrix -- [--row NAME] [--emission openapi|resources]`: the change matrix, whole or in part. */
const { spawnSync } = require("node:child_process");
const { parseArgs } = require("node:util");

const { values } = parseArgs({ options: { row: { type: "string" }, emission: { type: "string", default: "" } } });
const jest = require.resolve("jest/bin/jest");
const suite = `__tests__/terraform/matrix/${values.emission}`;
const { status } = spawnSync(process.execPath, [jest, suite, "--selectProjects", "terraform", "--maxWorkers=2"], {
  stdio: "inherit",
  env: { ...process.env, ...(values.row && { ROW: values.row }) },
});
process.exitCode = status ?? 1;
