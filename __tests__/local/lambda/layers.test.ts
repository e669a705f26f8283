import type { FunctionDefinition } from "../../../definition/function";
import { js, packageOf, start } from "./start-function";

const layer = (name: string, files: Readonly<Record<string, string>>) => ({ name, packageFile: packageOf(files) });
const pkg = (path: string, value: string) => ({ [`${path}/index.js`]: `module.exports = ${JSON.stringify(value)}` });
const TWO = () => [
  layer("first", { ...pkg("nodejs/node_modules/a", "a of first"), ...pkg("nodejs/node_modules/b", "b of first") }),
  layer("second", { ...pkg("nodejs/node_modules/b", "b of second"), "data/words.txt": "hello" }),
];

describe("layers", () => {
  const styles: [title: string, files: Readonly<Record<string, string>>][] = [
    ["CommonJS", { "index.js": "const all = [require('a'), require('b')]; exports.handler = async () => all" }],
    ["ES modules", { "index.mjs": "import a from 'a'; import b from 'b'; export const handler = async () => [a, b]" }],
    [
      "import() in CommonJS",
      { "index.js": "exports.handler = async () => [(await import('a')).default, (await import('b')).default]" },
    ],
  ];

  it.each(styles)("give %s their packages, later ones over earlier ones", async (_title, files) => {
    const { invoke } = start({ files, definition: { layers: TWO() } });

    expect((await invoke()).value).toEqual(["a of first", "b of second"]);
  });

  it("give way to what the function brings itself", async () => {
    const files = {
      "index.mjs": "import a from 'a'; export const handler = async () => a",
      ...pkg("node_modules/a", "own"),
    };
    const { invoke } = start({ files, definition: { layers: TWO() } });

    expect((await invoke()).value).toBe("own");
  });

  it("have packages for one version of Node.js, which go first", async () => {
    const layers = [
      layer("l", { ...pkg("nodejs/node_modules/a", "any"), ...pkg("nodejs/node22/node_modules/a", "22") }),
    ];
    const { invoke } = start({
      ...js("exports.handler = async () => require('a')"),
      definition: { layers, runtime: "nodejs22.x" },
    });

    expect((await invoke()).value).toBe("22");
  });

  it("are a folder that a variable names, with programs and libraries", async () => {
    const tool = { "bin/greet": "#!/bin/sh\necho hello from a layer\n" };
    const { invoke } = start({
      ...js(`const { execFileSync } = require("node:child_process"); const { readFileSync } = require("node:fs");
        exports.handler = async () => [
          readFileSync(process.env.HEADGATE_OPT + "/data/words.txt", "utf8"),
          execFileSync("greet", { encoding: "utf8" }),
          process.env.LD_LIBRARY_PATH === process.env.HEADGATE_OPT + "/lib",
        ]`),
      definition: { layers: [...TWO(), layer("tools", tool)] },
    });

    expect((await invoke()).value).toEqual(["hello", "hello from a layer\n", true]);
  });

  it("that are not here are left out", async () => {
    const layers = [{ name: "arn:aws:lambda:eu-central-1:1:layer:there:1" }];
    const { invoke } = start({
      ...js("exports.handler = async () => process.env.HEADGATE_OPT ?? 'none'"),
      definition: { layers },
    });

    expect((await invoke()).value).toBe("none");
  });

  it.each<[string, FunctionDefinition["layers"], string]>([
    ["its zip is missing", [{ name: "l", packageFile: "missing.zip" }], "FUNCTION_PACKAGE_MISSING"],
    [
      "one of them writes outside of itself",
      [layer("k", { "a.js": "" }), layer("l", { "../evil.js": "" })],
      "FUNCTION_PACKAGE_INVALID",
    ],
  ])("fails when %s", async (_title, layers, code) => {
    const { invoke } = start({ ...js(""), definition: { layers } });

    await expect(invoke()).rejects.toMatchObject({ code });
    await expect(invoke()).rejects.toMatchObject({ code });
  });
});
