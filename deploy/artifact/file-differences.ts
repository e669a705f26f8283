import { compareCodeUnits } from "../../definition/canonical-json";

/** Hashes, or any other mark of the content, by path. */
export type ContentByPath = Readonly<Record<string, string>>;

/** In words, what is not as it was: files that have changed, are missing or were added, sorted by path. */
export function fileDifferences(before: ContentByPath, after: ContentByPath): readonly string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareCodeUnits);
  return paths.flatMap((path) => {
    if (!Object.hasOwn(after, path)) return [`${path} is missing`];
    if (!Object.hasOwn(before, path)) return [`${path} was added`];
    return before[path] === after[path] ? [] : [`${path} has changed`];
  });
}
