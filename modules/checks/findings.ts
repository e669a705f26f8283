import type { IConstruct } from "constructs";
import { ConfigurationError } from "../../definition/configuration-error";
import { plainError } from "../plain-error";
import { sameInStacks } from "./same-in-stacks";

/** Type of the metadata that holds a finding until it is reported. */
const FINDING = "headgate/finding";

/** Where the message of a finding says its place. */
const PLACE = "\n  at ";

/** All that is wrong with a configuration, as one error. Prints one finding after the other, and once what stacks have in common. */
export class ConfigurationFindings extends Error {
  override readonly name = "ConfigurationFindings";

  /** @param findings messages in the form of `ConfigurationError`, each of them once */
  constructor(
    readonly findings: readonly string[],
    options?: ErrorOptions,
  ) {
    super(sameInStacks(findings).join("\n"), options);
  }
}

/**
 * Notes a finding about a construct and goes on. It fails the synthesis as a validation of the construct, together with
 * all others.
 */
export function recordFinding({ node }: IConstruct, finding: ConfigurationError): void {
  const known = findingsOn(node);
  // A check may run again whenever the definition is asked for.
  if (known.includes(finding.message)) return;
  if (known.length === 0) node.addValidation({ validate: () => [...findingsOn(node)] });
  node.addMetadata(FINDING, finding.message);
}

/**
 * Builds a tree below `root` and synthesizes it. Throws `ConfigurationFindings` with what was found in all of the tree when
 * anything was, also when something else ended the run; otherwise what was thrown.
 */
export function findTogether<Built, Result>(
  root: IConstruct,
  build: () => Built,
  synthesize: (built: Built) => Result,
): Result {
  const built = attempt(build, () => recordedBelow(root));
  return attempt(
    () => synthesize(built),
    () => foundBelow(root),
  );
}

function attempt<Result>(run: () => Result, find: () => readonly string[]): Result {
  try {
    return run();
  } catch (thrown) {
    const error = plainError(thrown);
    const last = error instanceof ConfigurationError ? [error.message] : [];
    const findings = [...new Set([...find(), ...last])];
    throw findings.length === 0 ? error : new ConfigurationFindings(findings, { cause: error });
  }
}

/** While the tree is incomplete, what is absent is no finding. */
function recordedBelow(root: IConstruct): readonly string[] {
  return root.node.findAll().flatMap(({ node }) => findingsOn(node));
}

function foundBelow(root: IConstruct): readonly string[] {
  return root.node.findAll().flatMap((construct) => [...validate(construct), ...findingsOn(construct.node)]);
}

function validate({ node }: IConstruct): readonly string[] {
  try {
    return node.validate().map((text) => (text.includes(PLACE) ? text : `${text}${PLACE}${node.path}`));
  } catch (thrown) {
    const error = plainError(thrown);
    // Anything else has ended the run already, and is thrown when there is no finding that explains it.
    return error instanceof ConfigurationError ? [error.message] : [];
  }
}

function findingsOn(node: IConstruct["node"]): readonly string[] {
  return node.metadata.filter(({ type }) => type === FINDING).map(({ data }) => String(data));
}
