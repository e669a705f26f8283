import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFunctions } from "../../../cli/bundle/bundle-functions";
import { FunctionBundler } from "../../../cli/bundle/function-bundler";
import { deleteProjectFolders, projectFolder } from "./project-folder";

afterAll(deleteProjectFolders);

const handler = (text: string) =>
  `import "../shared/log";\nexport const handler = async () => ${JSON.stringify(text)};\n`;
const bundlers: FunctionBundler[] = [];
afterEach(async () => {
  await Promise.all(bundlers.splice(0).map((it) => it.close()));
});

async function bundled(more: Readonly<Record<string, string>> = {}) {
  const projectRoot = projectFolder({
    "functions/one/handler.ts": handler("one"),
    "functions/two/handler.ts": handler("two"),
    "functions/shared/log.ts": 'console.log("loaded");\n',
    ...more,
  });
  const bundler = new FunctionBundler({ projectRoot }, await bundleFunctions({ projectRoot }));
  bundlers.push(bundler);
  const write = (file: string, text: string) => writeFileSync(join(projectRoot, file), text);
  const zip = (name: string) => join(projectRoot, "dist/functions", `${name}.zip`);
  const save = async (file: string, text: string) => {
    write(file, text);
    return bundler.rebundle(new Set([file]));
  };
  return { projectRoot, bundler, write, zip, save };
}

describe("bundles that follow their sources", () => {
  it("are those that the whole would give", async () => {
    const { projectRoot, save } = await bundled();

    const { manifest, changed } = await save("functions/one/handler.ts", handler("new"));

    expect(changed).toEqual(["one"]);
    expect(manifest).toEqual(await bundleFunctions({ projectRoot }));
  });

  it("are written only where they differ", async () => {
    const { zip, save } = await bundled();
    const before = statSync(zip("two")).mtimeMs;

    const { changed } = await save("functions/shared/log.ts", '// a comment\nconsole.log("loaded");\n');
    await save("functions/one/handler.ts", handler("new"));

    expect(changed).toEqual([]);
    expect(statSync(zip("two")).mtimeMs).toBe(before);
  });

  it("come and go with their folders", async () => {
    const { projectRoot, bundler, zip } = await bundled();
    rmSync(join(projectRoot, "functions/two"), { recursive: true });
    const gone = await bundler.rebundle(new Set(["functions/two"]));

    expect(gone.changed).toEqual(["two"]);
    expect(Object.keys(gone.manifest.bundles)).toEqual(["one"]);
    expect(statSync(zip("two"), { throwIfNoEntry: false })).toBeUndefined();
  });

  it("are there again when a folder comes back as it was", async () => {
    const { projectRoot, bundler, zip } = await bundled();
    const [folder, elsewhere] = [join(projectRoot, "functions/two"), join(projectRoot, "two")];
    renameSync(folder, elsewhere);
    await bundler.rebundle(new Set(["functions/two"]));
    renameSync(elsewhere, folder);
    const back = await bundler.rebundle(new Set(["functions/two"]));

    expect(back.changed).toEqual(["two"]);
    expect(Object.keys(back.manifest.bundles)).toEqual(["one", "two"]);
    expect(statSync(zip("two")).size).toBeGreaterThan(0);
  });

  it("follow options that are new", async () => {
    const { save } = await bundled();

    const { changed, manifest } = await save("functions/one/bundle.json", '{ "format": "cjs" }');

    expect(changed).toEqual(["one"]);
    expect(manifest.bundles.one?.inputs).toHaveProperty(["functions/one/bundle.json"]);
  });

  it("stay as they are where a handler does not compile; others are new, and so is it when it is mended", async () => {
    const { bundler, write, zip } = await bundled();
    const before = readFileSync(zip("one"));
    write("functions/one/handler.ts", "export const handler = (;");
    write("functions/two/handler.ts", handler("other"));

    const broken = await bundler.rebundle(new Set(["functions/one/handler.ts", "functions/two/handler.ts"]));
    const kept = readFileSync(zip("one"));
    write("functions/one/handler.ts", handler("mended"));
    const mended = await bundler.rebundle(new Set());

    expect(broken.failures.map(({ code, place }) => [code, place])).toEqual([
      ["HANDLER_DOES_NOT_COMPILE", "functions/one/handler.ts:1:25"],
    ]);
    expect(broken.changed).toEqual(["two"]);
    expect(kept.equals(before)).toBe(true);
    expect(mended).toMatchObject({ changed: ["one"], failures: [] });
  });

  it("are made of the newest sources, whatever was built before anybody asked", async () => {
    const { bundler, save } = await bundled();
    const warming = bundler.warm(["one", "two"]);

    const { changed } = await save("functions/one/handler.ts", handler("new"));
    await warming;

    expect(changed).toEqual(["one"]);
  });

  it("stay as they are where many handlers do not compile", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `more-${index}`);
    const files = names.map((name) => [`functions/${name}/handler.ts`, handler(name)] as const);
    const { bundler, write } = await bundled(Object.fromEntries(files));
    for (const name of names) write(`functions/${name}/handler.ts`, "export const handler = (;");

    const { failures, changed } = await bundler.rebundle(new Set(files.map(([file]) => file)));

    expect(failures.map(({ code }) => code)).toEqual(names.map(() => "HANDLER_DOES_NOT_COMPILE"));
    expect(changed).toEqual([]);
  });

  it("wait for options that make no sense to be corrected", async () => {
    const { bundler, write, save } = await bundled();
    write("functions/one/bundle.json", "{");

    await bundler.warm(["one"]);
    const { changed } = await save("functions/one/bundle.json", '{ "format": "cjs" }');

    expect(changed).toEqual(["one"]);
  });
});
