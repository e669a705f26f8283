import * as fc from "fast-check";
import type { Json, JsonObject } from "../../../definition/json";
import { escapeTemplate } from "../../../definition/terraform/template";
import { hostileText } from "../../support/hostile-text";

/** Texts in the form in which Terraform keeps them. */
const text = hostileText.map((value) => value.normalize("NFC"));
const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -4000, max: 4000 }).map((n) => n / 8),
);
const key = fc.stringMatching(/^[A-Za-z_é][A-Za-z0-9_ -]{0,5}$/);

/** Any value; lists are of one type, because Terraform has no others after a function like `sort`. */
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** Templates over one of these values each, by the name of what they are about. */
const TEMPLATES: Readonly<
  Record<string, { readonly arbitrary: fc.Arbitrary<Json>; readonly templates: readonly string[] }>
> = {
  value: {
    arbitrary: value,
    templates: ["jsonencode(V)", "jsondecode(jsonencode(V)) == V", 'format("%#v", [V])', "[V]", "try(V.a.b, 1)"],
  },
  text: {
    arbitrary: text,
    templates: [
      "upper(V)",
      "title(V)",
      "trimspace(V)",
      "chomp(V)",
      "indent(2, V)",
      "strrev(V)",
      "length(V)",
      "substr(V, 1, 3)",
      "substr(V, -2, -1)",
      "urlencode(V)",
      "base64encode(V)",
      "sha256(V)",
      'split("$", V)',
      'replace(V, "$", "%")',
      'replace(V, "/[{}]+/", "<$0>")',
      'regexall("[a-z]+", V)',
      'format("%8s|%-8s|%.2s", V, V, V)',
      'formatlist("%s-%s", [V, "x"], "y")',
      'trim(V, "{}$")',
      'trimprefix(V, "$")',
      'startswith(V, "$")',
      "%{ if length(V) > 3 }<${V}>%{ else }(${V})%{ endif }",
      '${"a ${V} b"}',
    ],
  },
  texts: {
    arbitrary: fc.array(text, { maxLength: 4 }),
    templates: [
      "sort(V)",
      "toset(V)",
      "distinct(V)",
      "compact(V)",
      "reverse(V)",
      'join("|", V)',
      "chunklist(V, 2)",
      "{ for index, item in V : index => upper(item) }",
      "{ for item in V : item => item... }",
      "[for item in V : item if length(item) > 2]",
      'contains(V, "$")',
      "zipmap(distinct(V), distinct(V))",
      "%{ for index, item in V }${index}=${item};%{ endfor }",
    ],
  },
  numbers: {
    arbitrary: fc.array(number, { minLength: 1, maxLength: 4 }),
    templates: [
      "max(V...)",
      "sum(V)",
      "toset(V)",
      "[for n in V : ceil(n)]",
      "[for n in V : n % 7]",
      "[for n in V : n * 3 - 1]",
      'formatlist("%d|%5.1f|%+d|%05d", [for n in V : floor(n)], V[0], 1, 2)',
      'join(",", V)',
      "[for n in V : n > 3 ? tostring(n) : n]",
    ],
  },
  map: {
    arbitrary: fc.dictionary(key, text, { maxKeys: 4 }),
    templates: [
      "keys(V)",
      "values(V)",
      'merge(V, { a = "1" })',
      'lookup(V, "a", "none")',
      '[for key, item in V : "${key}=${item}"]',
      "{ for key, item in V : upper(key) => item... }",
      "length(V)",
      "jsonencode(V)",
      "%{ for key, item in V ~}\n ${key}: ${item}\n%{ endfor ~}",
    ],
  },
};

/** Values, and templates over them. */
export function expressionSamples(
  seed: number,
  valuesOfEach: number,
): { locals: JsonObject; templates: readonly string[] } {
  const samples = Object.entries(TEMPLATES).flatMap(([name, { arbitrary, templates }]) =>
    fc
      .sample(arbitrary, { numRuns: valuesOfEach, seed })
      .map((sample, index) => ({ local: `${name}${index}`, sample, templates })),
  );
  return {
    locals: Object.fromEntries(samples.map(({ local, sample }) => [local, escaped(sample)])),
    templates: samples.flatMap(({ local, templates }) =>
      templates.map((template) => withValue(template, `local.${local}`)),
    ),
  };
}

function withValue(template: string, reference: string): string {
  const filled = template.replace(/\bV\b/g, reference);
  return /^[$%]\{/.test(filled) ? filled : `\${${filled}}`;
}

function escaped(sample: Json): Json {
  if (typeof sample === "string") return escapeTemplate(sample);
  if (Array.isArray(sample)) return sample.map(escaped);
  if (sample === null || typeof sample !== "object") return sample;
  return Object.fromEntries(Object.entries(sample).map(([name, member]) => [escapeTemplate(name), escaped(member)]));
}
