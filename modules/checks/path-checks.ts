import type { IConstruct } from "constructs";
import { type Check, refuseAtOnce, runChecks } from "./check";

interface PathSubject {
  readonly pathPart: string;
  readonly parentPath: string;
  readonly siblings: readonly string[];
}

/** What no construct can be made for. Sources: important notes of the developer guide; messages of CreateResource. */
const NAME_CHECKS: readonly Check<PathSubject>[] = [
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
];

/** Source: messages of CreateResource. */
const CHECKS: readonly Check<PathSubject>[] = [
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

/** Throws `PATH_PART_INVALID` and `DUPLICATE_RESOURCE`; records the other rules that a new path part breaks. */
export function checkPathPart(scope: IConstruct, subject: PathSubject): void {
  refuseAtOnce(scope, NAME_CHECKS, subject);
  runChecks(scope, CHECKS, subject);
}
