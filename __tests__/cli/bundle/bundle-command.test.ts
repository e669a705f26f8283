import { bundleCommand } from "../../../cli/bundle-command";
import { deleteProjectFolders, projectFolder } from "./project-folder";

afterAll(deleteProjectFolders);

describe("headgate bundle", () => {
  it("prints a line for each function, then folder and time", async () => {
    const handler = "export const handler = async () => 1;\n";
    const root = projectFolder({ "functions/get-it/handler.ts": handler, "functions/list-them/handler.ts": handler });
    const lines: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((line) => lines.push(line));

    await bundleCommand(root);

    log.mockRestore();
    expect(lines).toEqual([
      expect.stringMatching(/^get-it +1 KB +\S{12}$/),
      expect.stringMatching(/^list-them +1 KB +\S{12}$/),
      expect.stringMatching(/^2 functions in dist\/functions, \d+ ms$/),
    ]);
  });
});
