import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderWatcher } from "../../../cli/dev/folder-watcher";
import { foldersOf, folderTree } from "../../../cli/dev/watched-folders";

describe("FolderWatcher", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "watcher-test-")));
  const folder = join(root, "functions");
  const file = join(folder, "handler.ts");
  let told: string[] = [];
  let follow = () => {};
  const watcher = new FolderWatcher((path) => told.push(path));

  beforeAll(() => {
    mkdirSync(folder);
    follow = () => watcher.follow(new Set([root, folder]));
    follow();
  });
  beforeEach(() => {
    writeFileSync(file, "0");
    told = [];
  });
  afterAll(() => {
    watcher.close();
    rmSync(root, { recursive: true });
  });

  const untilTold = async (path: string) => {
    while (!told.includes(path)) await new Promise((resolve) => setTimeout(resolve, 1));
  };

  it.each<[string, () => void]>([
    ["written", () => writeFileSync(file, "1")],
    [
      "replaced, as editors do",
      () => {
        writeFileSync(`${file}.draft`, "1");
        renameSync(`${file}.draft`, file);
      },
    ],
    ["removed", () => rmSync(file)],
  ])("tells of a file that is %s, again and again", async (_how, change) => {
    change();
    await untilTold(file);
    writeFileSync(file, "2");
    // What is told comes in the order of the changes.
    const mark = mkdtempSync(join(folder, "mark-"));
    await untilTold(mark);
    told = [];

    change();

    await expect(untilTold(file)).resolves.toBeUndefined();
  });

  it("tells of a folder that is removed and made again, and then of its files", async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await untilTold(folder);
    follow();
    writeFileSync(file, "1");

    await expect(untilTold(file)).resolves.toBeUndefined();
  });

  it("leaves out folders that are not there", () => {
    expect(() => watcher.follow(new Set([root, folder, join(root, "nowhere")]))).not.toThrow();
  });
});

describe("the folders to watch", () => {
  it("are those of the files and all around them in the project; outside of it their own alone", () => {
    const folders = foldersOf("/p", ["/p/stacks/api/main.ts", "/elsewhere/deep/shared.ts"]);

    expect([...folders].sort()).toEqual(["/elsewhere/deep", "/p", "/p/stacks", "/p/stacks/api"]);
  });

  it("are none below a folder that is not there", () => {
    expect(folderTree("/nowhere/at/all")).toEqual([]);
  });
});
