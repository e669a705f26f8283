import type { IConstruct } from "constructs";
import { type Check, runChecks } from "./check";
import { findWarnings, warnAtSynth } from "./warning";

interface PathSubject {
  readonly pathPart: string;
  readonly parentPath: string;
  readonly siblings: readonly string[];
}

/** Sources: important notes of the developer guide; messages of CreateResource. */
const CHECKS: readonly Check<PathSubject>[] = [
  {
    code: "PATH_PART_INVALID",
    problem: ({ pathPart }) =>
      /^(?:[A-Za-z0-9._\-:,$]+|\{[A-Za-z0-9._-]+\+?\})$/.test(pathPart)
        ? undefined
        : `a path part must be letters, digits and "._-:,$", or one {name} or {name+}, got "${pathPart}"`,
    fix: "write one segment without slashes, as in orders or {orderId}",
  },
  {
    code: "DUPLICATE_RESOURCE",
    problem: ({ pathPart, parentPath, siblings }) =>
      siblings.includes(pathPart) ? `"${pathPart}" exists already below "${parentPath}"` : undefined,
    fix: "keep the resource that addResource gave you, or ask resourceForPath for it",
  },
  {
    code: "GREEDY_PATH_NOT_LAST",
    problem: ({ pathPart, parentPath }) =>
      parentPath.endsWith("+}") ? `"${pathPart}" cannot follow the greedy "${parentPath}"` : undefined,
    fix: "let {name+} be the last segment",
  },
  {
    code: "PATH_VARIABLE_AMBIGUOUS",
    problem: ({ pathPart, siblings }) => {
      const rival = pathPart.startsWith("{") ? siblings.find((sibling) => sibling.startsWith("{")) : undefined;
      return rival === undefined ? undefined : `"${pathPart}" and "${rival}" cannot both follow the same path`;
    },
    fix: "use one name for the variable, or put a fixed segment before one of them",
  },
  {
    code: "PATH_VARIABLE_REPEATED",
    problem: ({ pathPart, parentPath }) => {
      const name = variable(pathPart);
      return name !== undefined && parentPath.split("/").some((segment) => variable(segment) === name)
        ? `"${pathPart}" repeats a variable of "${parentPath}": a request can have one value for it`
        : undefined;
    },
    fix: "give each variable of a path its own name",
  },
];

function variable(segment: string): string | undefined {
  return /^\{([^+}]+)\+?\}$/.exec(segment)?.[1];
}

/** A colon is a character like others to API Gateway. */
const DOUBTS: readonly Check<PathSubject>[] = [
  {
    code: "PATH_PART_LIKE_VARIABLE",
    problem: ({ pathPart, parentPath }) =>
      /^:[A-Za-z_]\w*$/.test(pathPart)
        ? `"${pathPart}" below "${parentPath}" is no variable to API Gateway: requests have to have the colon in their path`
        : undefined,
    fix: "write {id} for :id",
  },
];

/** Records each rule that a new path part breaks, and warns of what other frameworks would read otherwise. */
export function checkPathPart(scope: IConstruct, subject: PathSubject): void {
  runChecks(scope, CHECKS, subject);
  const doubts = findWarnings(DOUBTS, subject);
  if (doubts.length > 0) warnAtSynth(scope, () => doubts);
}
