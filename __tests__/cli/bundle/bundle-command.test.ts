import { bundleCommand } from "../../../cli/bundle-command";
import type { Log } from "../../../local/log/entry";
import { deleteProjectFolders, projectFolder } from "./project-folder";

afterAll(deleteProjectFolders);

const notesInto =
  (lines: string[]): Log =>
  (entry) => {
    if (entry.kind === "note") lines.push(entry.text);
  };

describe("headgate bundle", () => {
  it("prints a line for each function, then folder and time", async () => {
    const handler = "export const handler = async () => 1;\n";
    const root = projectFolder({ "functions/get-it/handler.ts": handler, "functions/list-them/handler.ts": handler });
    const lines: string[] = [];

    await bundleCommand(root, { log: notesInto(lines) });

    expect(lines).toEqual([
      expect.stringMatching(/^get-it +1 KB +\S{12}$/),
      expect.stringMatching(/^list-them +1 KB +\S{12}$/),
      expect.stringMatching(/^2 functions in dist\/functions, \d+ ms$/),
    ]);
  });

  it("reports what a bundle consists of, the largest first", async () => {
    const root = projectFolder({
      "functions/get-it/handler.ts":
        'import { Logger } from "@aws-lambda-powertools/logger";\nexport const handler = async () => new Logger();\n',
    });
    const lines: string[] = [];

    await bundleCommand(root, { report: true, log: notesInto(lines) });

    expect(lines[1]).toMatch(/^ {6} +\d+ KB {4}@aws-lambda-powertools\/logger$/);
    expect(lines).toContainEqual(expect.stringMatching(/ 1 KB {4}\(own code\)$/));
  });
});
