import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ERROR_CODES } from "../../definition/error-code";
import { deployScript } from "../pipelines/workflows";

const repository = resolve(__dirname, "../..");
const text = readFileSync(resolve(repository, "docs/deploying.md"), "utf8");

const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, match = ""]) => match))];
const headgate = (...args: readonly string[]) =>
  spawnSync(process.execPath, ["cli/checkout.cjs", ...args], { cwd: repository, encoding: "utf8" }).stdout;

/** What the commands do is tested where they run: `__tests__/terraform/{pipeline,bad-input,environments}.test.ts`. */
describe("docs/deploying.md", () => {
  it("names only steps that the script has", () => {
    const steps = found(/pipelines\/deploy\.sh ([a-z]+)/g);

    expect(steps.length).toBeGreaterThan(3);
    expect(steps.filter((step) => !deployScript().includes(`\nstep_${step}() {`))).toEqual([]);
  });

  it("names only commands and options that there are", () => {
    const commands = found(/npx headgate ([^`\n#]+)/g).map((command) => command.trim().split(/\s+/));

    expect(commands.length).toBeGreaterThan(4);
    for (const [name = "", ...args] of commands) {
      const help = headgate(name, "--help");
      expect(help).toContain(`Usage: headgate ${name}`);
      for (const option of args.filter((arg) => arg.startsWith("--"))) expect(help).toContain(option);
    }
  }, 60_000);

  it("names only scripts, codes and files that there are", () => {
    const { scripts } = JSON.parse(readFileSync(resolve(repository, "package.json"), "utf8"));

    expect(found(/npm run ([a-z:]+)/g).filter((script) => !(script in scripts))).toEqual([]);
    expect(
      found(/`([A-Z]+(?:_[A-Z]+){2,})`/g).filter((code) => !(ERROR_CODES as readonly string[]).includes(code)),
    ).toEqual([]);
    const files = found(/(?:file:\/\/|\]\(\.\.\/)([\w./-]+)/g);
    expect(files.filter((file) => !existsSync(resolve(repository, file)))).toEqual([]);
  });
});
