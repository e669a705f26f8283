import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type ParseResult, parse } from "@babel/parser";

const repository = resolve(__dirname, "../..");
const BARRELS = ["modules/index.ts", "modules/testing/index.ts"];

/** Words that say what a number counts. */
const UNIT =
  /\b(?:seconds?|s|milliseconds?|ms|minutes|bytes?|[KMG]B|percent|requests?|routes|times|days|statements|characters|executions?|authorizers|periods?|answers|concurrent|port|share|threshold|priority|index|weight|points|retries|bound|divisor)\b/i;

type Program = ParseResult["program"];
type Statement = Program["body"][number];
type Declaration = Extract<Statement, { type: "ExportNamedDeclaration" }>["declaration"];
type Documented = { readonly leadingComments?: readonly { readonly value: string }[] | null };

const programs = new Map<string, Program>();

interface Finding {
  readonly place: string;
  readonly problem: string;
}

describe("the public surface", () => {
  const findings = BARRELS.flatMap((barrel) => exportsOf(join(repository, barrel))).flatMap(inspect);

  it.each([
    ["has a description on every class, function, type and constant", "no description"],
    ["has a description on every prop", "prop without description"],
    ["says the default of every optional prop", "optional prop without @default"],
    ["says the unit of every number", "number without a unit"],
    ["names the source of every construct and integration", "class without a source"],
  ])("%s", (_, problem) => {
    expect(findings.filter((it) => it.problem === problem).map(({ place }) => place)).toEqual([]);
  });

  it("is looked at in full", () => {
    expect(BARRELS.flatMap((barrel) => exportsOf(join(repository, barrel))).length).toBeGreaterThan(150);
  });
});

interface Exported {
  readonly file: string;
  readonly name: string;
  readonly statement: Documented;
  readonly declaration: NonNullable<Declaration>;
}

/** What a barrel exports, one level of re-export deep, as every barrel here is. */
function exportsOf(barrel: string): readonly Exported[] {
  return programOf(barrel).body.flatMap((statement) => {
    if (statement.type === "ExportAllDeclaration") return declarationsOf(target(barrel, statement.source.value));
    if (statement.type !== "ExportNamedDeclaration" || !statement.source) return [];
    const declared = declarationsOf(target(barrel, statement.source.value));
    const names = statement.specifiers.map((it) => (it.type === "ExportSpecifier" ? it.local.name : ""));
    return declared.filter(({ name }) => names.includes(name));
  });
}

function target(from: string, source: string): string {
  return resolve(dirname(from), `${source}.ts`);
}

function declarationsOf(file: string): readonly Exported[] {
  return programOf(file).body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) return [];
    const { declaration } = statement;
    const names = namesOf(declaration);
    return names.map((name) => ({ file: relative(repository, file), name, statement, declaration }));
  });
}

function namesOf(declaration: NonNullable<Declaration>): readonly string[] {
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? id.name : []));
  }
  return "id" in declaration && declaration.id?.type === "Identifier" ? [declaration.id.name] : [];
}

function programOf(file: string): Program {
  const known = programs.get(file);
  if (known !== undefined) return known;
  const { program } = parse(readFileSync(file, "utf8"), { sourceType: "module", plugins: ["typescript"] });
  programs.set(file, program);
  return program;
}

function inspect({ file, name, statement, declaration }: Exported): readonly Finding[] {
  const place = `${file} ${name}`;
  const text = commentOf(statement);
  const own = text === "" ? [{ place, problem: "no description" }] : [];
  if (declaration.type === "TSInterfaceDeclaration")
    return [...own, ...inspectProps(place, name, declaration.body.body)];
  if (declaration.type !== "ClassDeclaration" || !isOfAws(declaration.superClass)) return own;
  return /https:\/\//.test(text) ? own : [...own, { place, problem: "class without a source" }];
}

/** What AWS has a page about: constructs, and what becomes a part of them. Errors and plain values have none. */
function isOfAws(superClass: unknown): boolean {
  const name: unknown =
    typeof superClass === "object" && superClass !== null ? Reflect.get(superClass, "name") : "Error";
  return name !== "Error";
}

type Member = Extract<Declaration, { type: "TSInterfaceDeclaration" }>["body"]["body"][number];

function inspectProps(place: string, owner: string, members: readonly Member[]): readonly Finding[] {
  return members.flatMap((member) => {
    if (member.type !== "TSPropertySignature" || member.key.type !== "Identifier") return [];
    const at = `${place}.${member.key.name}`;
    const text = commentOf(member);
    const kind = member.typeAnnotation?.type === "TSTypeAnnotation" ? member.typeAnnotation.typeAnnotation.type : "";
    const isOption = /(?:Props|Options|Settings|Configuration|Throttle|Cache)$/.test(owner);
    return [
      ...(text === "" && (member.optional || isOption) ? [{ place: at, problem: "prop without description" }] : []),
      ...(member.optional && isOption && !text.includes("@default")
        ? [{ place: at, problem: "optional prop without @default" }]
        : []),
      ...(kind === "TSNumberKeyword" && !UNIT.test(text) ? [{ place: at, problem: "number without a unit" }] : []),
    ];
  });
}

function commentOf({ leadingComments }: Documented): string {
  const last = leadingComments?.at(-1)?.value ?? "";
  return last.startsWith("*") ? last : "";
}
