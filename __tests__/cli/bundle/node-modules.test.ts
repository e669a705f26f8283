import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { bundleFunctions } from "../../../cli/bundle/bundle-functions";

type Files = Readonly<Record<string, string | Uint8Array>>;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "headgate-modules-")));
  folders.push(folder);
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** A package whose entry tells its name, its version and what it gets from others. */
function installed(path: string, json: object, needs: readonly string[] = []): Files {
  const values = needs.map((need) => `require(${JSON.stringify(need)})`).join(", ");
  const name = path.split("node_modules/").at(-1);
  return {
    [`${path}/package.json`]: JSON.stringify(json),
    [`${path}/index.js`]: `module.exports = [${JSON.stringify(name)} + require("./package.json").version, ${values}].flat();\n`,
  };
}

function project(files: Files, options: object = {}, lock: object = {}): string {
  return folderWith({
    "functions/greet/handler.ts": 'import top from "top";\nexport const handler = async () => top.join(" ");\n',
    "functions/greet/bundle.json": JSON.stringify({ nodeModules: ["top"], ...options }),
    "package-lock.json": JSON.stringify(lock),
    ...files,
  });
}

async function zipOf(root: string): Promise<Readonly<Record<string, Uint8Array>>> {
  await bundleFunctions({ projectRoot: root });
  return unzipSync(readFileSync(join(root, "dist/functions/greet.zip")));
}

/** An ELF file, as far as its header goes. */
function elf(machine: number): Uint8Array {
  const header = new Uint8Array(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header[18] = machine;
  return header;
}

const ARM64 = elf(0xb7);
const X86_64 = elf(0x3e);

describe("nodeModules", () => {
  it("lie in the zip with all that they need, each in the version that it asks for", async () => {
    const root = project({
      ...installed("node_modules/top", { version: "1", dependencies: { left: "1", shared: "1" } }, ["left", "shared"]),
      ...installed("node_modules/left", { version: "1", dependencies: { shared: "2" } }, ["shared"]),
      ...installed("node_modules/left/node_modules/shared", { version: "2" }),
      ...installed("node_modules/shared", { version: "1" }),
      ...installed("node_modules/unrelated", { version: "1" }),
    });

    const zip = await zipOf(root);

    expect(Object.keys(zip).filter((path) => path.endsWith("package.json"))).toEqual([
      "node_modules/left/node_modules/shared/package.json",
      "node_modules/left/package.json",
      "node_modules/shared/package.json",
      "node_modules/top/package.json",
    ]);
    const unpacked = folderWith(zip);
    const script = 'import("./handler.mjs").then(async ({ handler }) => console.log(await handler()))';
    const answer = execFileSync(process.execPath, ["-e", script], { cwd: unpacked }).toString().trim();
    expect(answer).toBe("top1 left1 shared2 shared1");
  });

  it("are found behind the links of pnpm", async () => {
    const store = "node_modules/.pnpm/top@1/node_modules";
    const root = project({
      ...installed(`${store}/top`, { version: "1", dependencies: { left: "1" } }, ["left"]),
      ...installed("node_modules/.pnpm/left@1/node_modules/left", { version: "1" }),
      "pnpm-lock.yaml": "",
    });
    symlinkSync(join(root, store, "top"), join(root, "node_modules/top"));
    symlinkSync(join(root, "node_modules/.pnpm/left@1/node_modules/left"), join(root, store, "left"));

    expect(Object.keys(await zipOf(root))).toEqual([
      "handler.mjs",
      "node_modules/left/index.js",
      "node_modules/left/package.json",
      "node_modules/top/index.js",
      "node_modules/top/package.json",
    ]);
  });

  it("give the same bytes in another folder, and make the bundle stale with the lock file", async () => {
    const files = installed("node_modules/top", { version: "1" });
    const [first, second] = [project(files), project(files)];

    const manifests = [await bundleFunctions({ projectRoot: first }), await bundleFunctions({ projectRoot: second })];

    expect(manifests[0]).toEqual(manifests[1]);
    expect(Object.keys(manifests[0]?.bundles.greet?.inputs ?? {})).toContain("package-lock.json");
    expect(manifests[0]?.bundles.greet).not.toHaveProperty("architecture");
  });

  it.each([
    ["arm64", ARM64],
    ["x86_64", X86_64],
  ])("hold native code for %s", async (architecture, addon) => {
    const root = project(
      { ...installed("node_modules/top", { version: "1" }), "node_modules/top/build/top.node": addon },
      { architecture },
    );

    const { bundles } = await bundleFunctions({ projectRoot: root });

    expect(bundles.greet?.architecture).toBe(architecture);
  });

  it("leave out what is for other platforms", async () => {
    const root = project({
      ...installed("node_modules/top", {
        version: "1",
        optionalDependencies: { "top-linux-arm64": "1", "top-darwin-arm64": "1", fsevents: "1" },
      }),
      ...installed("node_modules/top-linux-arm64", { version: "1", os: ["linux"], cpu: ["arm64"] }),
      ...installed("node_modules/top-darwin-arm64", { version: "1", os: ["darwin"], cpu: ["arm64"] }),
      ...installed("node_modules/fsevents", { version: "1", os: ["darwin"] }),
    });

    const paths = Object.keys(await zipOf(root));

    expect(paths).toContain("node_modules/top-linux-arm64/index.js");
    expect(paths.filter((path) => /darwin|fsevents/.test(path))).toEqual([]);
  });

  it.each<[string, string, RegExp, Files, object, object?]>([
    ["a package is not installed", "NODE_MODULE_MISSING", /"top", which package\.json needs/, {}, {}],
    [
      "a dependency is not installed",
      "NODE_MODULE_MISSING",
      /"left", which top needs/,
      installed("node_modules/top", { version: "1", dependencies: { left: "1" } }),
      {},
    ],
    [
      "another version is installed than the lock file says",
      "NODE_MODULE_NOT_LOCKED",
      /node_modules\/top has version 1, package-lock\.json says 2/,
      installed("node_modules/top", { version: "1" }),
      { packages: { "node_modules/top": { version: "2" } } },
    ],
    [
      "native code is for another processor",
      "NODE_MODULE_OTHER_PLATFORM",
      /"top" is installed for another platform than Linux on arm64/,
      { ...installed("node_modules/top", { version: "1" }), "node_modules/top/top.node": X86_64 },
      {},
    ],
    [
      "native code is for another system",
      "NODE_MODULE_OTHER_PLATFORM",
      /fix: run npm ci --os=linux --cpu=arm64 --libc=glibc/,
      { ...installed("node_modules/top", { version: "1" }), "node_modules/top/top.node": "Mach-O" },
      {},
    ],
    [
      "the package for Lambda's platform is not installed",
      "NODE_MODULE_OTHER_PLATFORM",
      /top-arm64 is missing/,
      installed("node_modules/top", { version: "1", optionalDependencies: { "top-arm64": "1" } }),
      { packages: { "node_modules/top-arm64": { version: "1", os: ["linux"], cpu: ["arm64"] } } },
    ],
  ])("fails when %s", async (_, code, problem, files, lock) => {
    const made = bundleFunctions({ projectRoot: project(files, {}, lock) });

    await expect(made).rejects.toThrow(new RegExp(`^${code}: [\\s\\S]*at functions/greet/bundle\\.json\\n {2}fix: `));
    await expect(made).rejects.toThrow(problem);
  });

  it("fails when there is no lock file", async () => {
    const root = project(installed("node_modules/top", { version: "1" }));
    rmSync(join(root, "package-lock.json"));

    await expect(bundleFunctions({ projectRoot: root })).rejects.toThrow(/^NODE_MODULE_NOT_LOCKED: [\s\S]*fix: /);
  });
});
