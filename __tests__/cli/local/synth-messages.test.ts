import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthMessages } from "../../../cli/local/synth-messages";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

interface Annotation {
  readonly constructPath: string;
  readonly message: string;
  /** @default - a warning */
  readonly level?: string;
}

/** The messages of a manifest: stack name → annotations. */
function messagesOf(annotations: Readonly<Record<string, readonly Annotation[]>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "messages-test-"));
  folders.push(folder);
  const stacks = Object.entries(annotations).map(([name, said]) => [
    name,
    { name, annotations: said.map((it) => ({ level: "@cdktf/warn", stacktrace: ["at somewhere"], ...it })) },
  ]);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
  return synthMessages(folder);
}

const warning = (path: string, problem = "it is odd") => ({
  constructPath: path,
  message: `ODD: ${problem}\n  at ${path}\n  fix: mend it`,
});

describe("synthMessages", () => {
  it("gives warnings and infos with their place, and no stack", () => {
    const messages = messagesOf({
      dev: [warning("dev/Api"), { constructPath: "dev/Fn", level: "@cdktf/info", message: "a word of the user's" }],
    });

    expect(messages).toEqual([
      "warning  ODD: it is odd\n  at dev/Api\n  fix: mend it",
      "info  a word of the user's\n  at dev/Fn",
    ]);
  });

  it("says once what stacks have in common but for their names, and names them", () => {
    const messages = messagesOf({
      "orders-dev": [warning("orders-dev/Api", '"orders-dev-get" is odd')],
      "orders-prod": [warning("orders-prod/Api", '"orders-prod-get" is odd')],
      "orders-qa": [warning("orders-qa/Api", '"orders-qa-get" is odd')],
    });

    expect(messages).toEqual([
      'warning  ODD: "orders-dev-get" is odd\n  at orders-dev/Api, and the same in orders-prod, orders-qa\n  fix: mend it',
    ]);
  });

  it("says once what a construct says twice", () => {
    expect(messagesOf({ dev: [warning("dev/Api"), warning("dev/Api")] })).toHaveLength(1);
  });

  it("keeps apart what differs in place, words or level", () => {
    const messages = messagesOf({
      dev: [warning("dev/Api"), warning("dev/Other"), { ...warning("dev/Api"), level: "@cdktf/info" }],
      prod: [warning("prod/Api", "it is odder")],
    });

    expect(messages).toHaveLength(4);
  });

  it("says nothing where there is nothing to say", () => {
    expect(messagesOf({ dev: [], prod: [] })).toEqual([]);
  });
});
