import type { Json, JsonObject } from "../json";
import { isList, textAt, textsAt } from "../json-access";
import { present } from "../present";
import { blocksOf } from "./blocks";

/**
 * The policy that `data.aws_iam_policy_document` makes: statements of its sources, its own, and those that replace others by Sid.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(argument: (name: string) => Json | undefined): JsonObject {
  const own = blocksOf(argument("statement")).map(statement);
  const all = [
    ...statementsOf(argument("source_policy_documents")),
    ...own,
    ...statementsOf(argument("override_policy_documents")),
  ];
  // The last one with a Sid takes the place of the first one.
  const bySid = new Map(all.map((entry, index) => [textAt(entry.Sid) ?? `#${index}`, entry]));
  return present({
    Version: textAt(argument("version")) ?? "2012-10-17",
    Id: textAt(argument("policy_id")),
    Statement: [...bySid.values()],
  }) as JsonObject;
}

function statementsOf(documents: Json | undefined): readonly JsonObject[] {
  return textsAt(documents).flatMap((text) => {
    try {
      const { Statement } = JSON.parse(text);
      return blocksOf(Statement);
    } catch {
      // A document with a value that is not known yet is no JSON; what it allows is not known either.
      return [];
    }
  });
}

function statement(block: JsonObject): JsonObject {
  const sid = textAt(block.sid);
  return present({
    Sid: sid === "" ? undefined : sid,
    Effect: textAt(block.effect) ?? "Allow",
    Action: oneOrMany(block.actions),
    NotAction: oneOrMany(block.not_actions),
    Resource: oneOrMany(block.resources),
    NotResource: oneOrMany(block.not_resources),
    Principal: principals(block.principals),
    NotPrincipal: principals(block.not_principals),
    Condition: conditions(block.condition),
  }) as JsonObject;
}

/** A list of one is written without its brackets; longer ones are sorted backwards. */
function oneOrMany(value: Json | undefined): Json | undefined {
  const texts = isList(value) ? value.flatMap((item) => textAt(item) ?? []) : [];
  if (texts.length === 0) return undefined;
  return texts.length === 1 ? (texts[0] ?? null) : [...texts].sort().reverse();
}

/** `*` of all kinds of principals is the one text. */
function principals(value: Json | undefined): Json | undefined {
  const blocks = blocksOf(value);
  if (blocks.length === 0) return undefined;
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === "*" && textsAt(only.identifiers).join() === "*") return "*";
  return Object.fromEntries(blocks.map(({ type, identifiers }) => [textAt(type) ?? "", oneOrMany(identifiers) ?? []]));
}

function conditions(value: Json | undefined): Json | undefined {
  const blocks = blocksOf(value);
  if (blocks.length === 0) return undefined;
  const tests = [...new Set(blocks.map(({ test }) => textAt(test) ?? ""))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      Object.fromEntries(
        blocks
          .filter((block) => block.test === test)
          .map(({ variable, values }) => [textAt(variable) ?? "", oneOrMany(values) ?? []]),
      ),
    ]),
  );
}
