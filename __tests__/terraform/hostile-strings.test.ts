import { spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { canonicalJson } from "../../definition/canonical-json";
import type { Json, JsonObject } from "../../definition/json";
import { filesOf } from "../../definition/terraform/root-files";
import { escapeTemplate } from "../../definition/terraform/template";
import { evaluate } from "../definition/terraform/evaluate";
import { CORPUS, CORPUS_FOLDER, CORPUS_LOCALS, CORPUS_VALUES } from "../definition/terraform/expression-corpus";
import { expressionSamples } from "../definition/terraform/expression-samples";
import { hostileText } from "../support/hostile-text";
import { describeMissing } from "../support/terraform/availability";

const hasTerraform = spawnSync("terraform", ["version"], { env: terraformEnvironment() }).status === 0;

const REFERENCE = "${local.reference}";
const locals = { reference: "R" };

/** Templates that are no escaped literals, where the reader has to agree with Terraform. */
const TEMPLATES = [
  "a  ${~ local.reference ~}\n b",
  "a\n\n  ${~ local.reference ~}\n\n b",
  "a  \n\n${~ local.reference ~}  b",
  '%{ if local.reference == "R" }yes $${x} "\\n%{ else }no%{ endif }',
  '${"quoted \\" \\n \\u00e9 $${x} %%{y}"}',
  '${jsonencode({ b = [1, true, null], a = "<${local.reference}>&" })}',
  '${join(",", ["a", local.reference])}-${format("%s %d%%", "x", 3)}',
  '${lower("ABC")}${replace("a.b", ".", "-")}${base64encode("é")}${tostring(1 + 2 * 3)}',
  "e\u0301",
];

const TITLE = "the reader and Terraform";
if (!hasTerraform) describeMissing(TITLE, "terraform is not on the PATH");
else {
  describe(TITLE, () => {
    let folder = "";

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "headgate-hostile-"));
    });

    afterAll(() => rm(folder, { recursive: true }));

    it("evaluate expressions, functions and directives to the same", async () => {
      cpSync(join(CORPUS_FOLDER, "files"), join(folder, "files"), { recursive: true });

      const outputs = await evaluateWithTerraform(folder, CORPUS, CORPUS_LOCALS);

      const files = filesOf(CORPUS_FOLDER);
      expect(await Promise.all(CORPUS.map((text) => evaluate(text, { locals: CORPUS_LOCALS }, files)))).toEqual(
        outputs,
      );
      expect(CORPUS_VALUES).toEqual(outputs);
    }, 60_000);

    it("evaluate functions, for expressions and directives over any value to the same", async () => {
      const { locals: values, templates } = expressionSamples(7, 12);

      const outputs = await evaluateWithTerraform(folder, templates, values);

      const evaluated = await Promise.all(templates.map((template) => evaluate(template, { locals: values })));
      const differences = templates.flatMap((template, index) => {
        const [ours, theirs] = [evaluated[index], outputs[index]].map((value) =>
          canonicalJson((value ?? null) as Json),
        );
        return ours === theirs ? [] : [{ template, ours, theirs }];
      });
      expect(differences).toEqual([]);
    }, 120_000);

    it("evaluate hostile texts to the same", async () => {
      const texts = [
        ...new Set(fc.sample(hostileText, { numRuns: 300, seed: 1 }).map((text) => text.normalize("NFC"))),
      ];
      const templates = [
        ...texts.map((text) => escapeTemplate(text)),
        ...texts.map((text) => escapeTemplate(text, "reference") + REFERENCE),
        ...TEMPLATES,
      ];

      const outputs = await evaluateWithTerraform(folder, templates, locals);

      expect(outputs.slice(0, texts.length * 2)).toEqual([
        ...texts,
        ...texts.map((text) => `${text}R`.normalize("NFC")),
      ]);
      expect(await Promise.all(templates.map((template) => evaluate(template, { locals })))).toEqual(outputs);
    }, 60_000);
  });
}

async function evaluateWithTerraform(
  folder: string,
  templates: readonly string[],
  locals: JsonObject,
): Promise<unknown[]> {
  const output = Object.fromEntries(templates.map((value, index) => [`o${index}`, { value }]));
  await writeFile(join(folder, "main.tf.json"), JSON.stringify({ locals, output }));
  terraform(folder, "init", "-no-color");
  terraform(folder, "apply", "-auto-approve", "-no-color");
  const values = JSON.parse(terraform(folder, "output", "-json")) as Record<string, { value: unknown }>;
  return templates.map((_template, index) => values[`o${index}`]?.value);
}

function terraform(cwd: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync("terraform", args, {
    cwd,
    encoding: "utf8",
    env: terraformEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`terraform ${args[0]} failed: ${error?.message ?? stderr}`);
  return stdout;
}

/** A configuration that is named but not there makes Terraform warn on every command. */
function terraformEnvironment(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: file, ...environment } = process.env;
  const isThere = file !== undefined && existsSync(file);
  return { ...environment, CHECKPOINT_DISABLE: "1", ...(isThere ? { TF_CLI_CONFIG_FILE: file } : {}) };
}
