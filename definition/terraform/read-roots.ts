import { ConfigurationError } from "../configuration-error";
import type { JsonObject } from "../json";
import { objectAt, textAt } from "../json-access";
import { once } from "../once";
import type { StackDefinition } from "../stack";
import type { Unknown } from "../unknown";
import { firstBlock } from "./blocks";
import { type ExpressionNode, parseExpression } from "./expression-node";
import { readResources } from "./read-resources";
import { TerraformScope } from "./scope";
import type { ScopeSettings } from "./scope-settings";
import { TemplateEvaluator } from "./template-evaluator";

/** A Terraform root, and what is around it. */
export interface TerraformRoot
  extends Pick<ScopeSettings, "files" | "variable" | "modules" | "known" | "region" | "account"> {
  /** Computed ids depend on it. */
  readonly name: string;
  /** Named in messages. @default - addresses only */
  readonly file?: string;
  /** Content of `cdk.tf.json`, or of something in the same form. */
  readonly content: JsonObject;
}

/** Reads a stack, or fails as its reading did. @throws ConfigurationError */
export type ReadOutcome = () => StackDefinition;

/** A stack beside those that are served, if it can be read: what is wrong with it shows when it is served. */
export function ifReadable(read: ReadOutcome): readonly StackDefinition[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}

/**
 * Reads roots whose resources may refer to outputs of each other. One that cannot be read fails when its outcome is asked for.
 */
export function readRoots(roots: readonly TerraformRoot[]): Promise<readonly ReadOutcome[]> {
  return withExpressions((evaluator) => readRootsAtOnce(roots, evaluator));
}

/** Reads parts of one root that a stack definition has no place for; the state of other roots is unknown to it. */
export async function readScope<Result>(
  { content, file: _file, ...settings }: TerraformRoot,
  read: (scope: TerraformScope) => Result,
): Promise<Result> {
  const result = await withExpressions((evaluator) =>
    settled(() => read(new TerraformScope(content, { ...settings, evaluator, unread: new Map() }))),
  );
  return result();
}

/** Evaluation is synchronous and the parser is not: a reading tells which expressions it lacked, and is done again with them. */
async function withExpressions<Result>(read: (evaluator: TemplateEvaluator) => Result): Promise<Result> {
  const expressions = new Map<string, ExpressionNode | null>();
  for (;;) {
    const evaluator = new TemplateEvaluator(expressions);
    const result = read(evaluator);
    if (evaluator.unparsed.size === 0) return result;
    for (const source of evaluator.unparsed) expressions.set(source, await parseExpression(source));
  }
}

/** {@link readRoots} with an evaluator that may lack expressions: these are unknown. */
export function readRootsAtOnce(roots: readonly TerraformRoot[], evaluator: TemplateEvaluator): readonly ReadOutcome[] {
  const scopes = new Map<TerraformRoot, () => TerraformScope>();
  const readings = roots.map((root) => {
    const uses = new Set<string>();
    const unread = new Map<string, Unknown>();
    const remoteState = (data: JsonObject) => {
      const other = roots.find((candidate) => candidate !== root && holdsStateOf(candidate, data));
      if (other === undefined) return undefined;
      uses.add(other.name);
      return (output: string) => namingFile(other.file, () => scopes.get(other)?.().output(output));
    };
    const { content, file: _file, ...settings } = root;
    const scope = once(() => new TerraformScope(content, { ...settings, evaluator, unread, remoteState }));
    scopes.set(root, scope);
    return () => ({
      ...readResources(scope(), root.name),
      ...named("uses", [...uses]),
      ...named("unread", [...unread.values()]),
    });
  });
  return readings.map((read, index) => settled(() => namingFile(roots[index]?.file, read)));
}

/** Errors that say which file they are about. */
const NAMED = new WeakSet<ConfigurationError>();

/** Which of several roots an address belongs to. */
function namingFile<Result>(file: string | undefined, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (file === undefined || !(error instanceof ConfigurationError)) throw error;
    const { code, place, problem, fix, cause } = error;
    // It comes from another root, which is named already.
    if (NAMED.has(error)) throw error;
    const named = new ConfigurationError(code, `${file}: ${place}`, problem, fix, { cause });
    NAMED.add(named);
    throw named;
  }
}

/** Does this data source read the state that a root writes? Its backend says so. */
function holdsStateOf({ content }: TerraformRoot, data: JsonObject): boolean {
  const backend = textAt(data.backend) ?? "";
  const declared = firstBlock(objectAt(firstBlock(content.terraform).backend)[backend]);
  const read = firstBlock(data.config);
  const places = STATE_PLACES.filter((place) => declared[place] !== undefined || read[place] !== undefined);
  return places.length > 0 && places.every((place) => JSON.stringify(declared[place]) === JSON.stringify(read[place]));
}

/** Arguments of backends that tell one state from another. */
const STATE_PLACES = ["path", "bucket", "key", "prefix", "container_name", "address", "organization", "workspaces"];

/** A member that is absent where there is nothing to say. */
function named<Name extends string, Item>(
  name: Name,
  items: readonly Item[],
): { readonly [Key in Name]?: readonly Item[] } {
  return items.length === 0 ? {} : ({ [name]: items } as { readonly [Key in Name]: readonly Item[] });
}

/** The result of a computation, or its error, for later. */
function settled<Result>(compute: () => Result): () => Result {
  try {
    const result = compute();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
