import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigurationError } from "../definition/configuration-error";

/** This package: compiled or as source. */
const PACKAGE_FOLDERS = [__dirname, resolve(__dirname, "../definition")];

interface Frame {
  /** As in `new Method` or `Resource.addMethod`. */
  readonly call: string;
  readonly file: string;
  readonly position: string;
}

/**
 * A `TypeError` that comes out of a construct of this package: it was given a value of a type that it does not take, and no
 * compiler has said so. `undefined` for whatever else is thrown; an error out of the user's own code keeps its stack.
 */
export function wrongTypeError(error: unknown): ConfigurationError | undefined {
  if (!(error instanceof TypeError)) return undefined;
  const frames = framesOf(error).filter(({ file }) => !isForeign(file));
  const caller = frames.findIndex(({ file }) => !isOurs(file));
  const thrownAt = frames[0];
  const called = frames[caller - 1];
  const user = frames[caller];
  if (thrownAt === undefined || called === undefined || user === undefined) return undefined;
  // cdktf puts these words before, and a stack behind, whatever is thrown while it resolves a lazy value.
  const [reason = ""] = error.message.replace(/^Resolution error: /, "").split(/\.?\nObject creation stack:/);
  return new ConfigurationError(
    "TYPE_MISMATCH",
    `${relative(process.cwd(), user.file)}:${user.position}, in ${called.call}`,
    `a construct was given a value of a type that it does not take: ${reason}`,
    `run \`npx tsc --noEmit\`, which names the value (tsx checks no types); if it finds nothing, this is a mistake of Headgate's in ${thrownAt.call}, worth a report`,
    { cause: error },
  );
}

function framesOf({ stack = "" }: Error): readonly Frame[] {
  return stack.split("\n").flatMap((line) => {
    const [, call = "a callback", file, position] = /^\s*at (?:(.*?) \()?(.+?):(\d+:\d+)\)?$/.exec(line) ?? [];
    if (file === undefined || position === undefined) return [];
    return [{ call, file: file.startsWith("file:") ? fileURLToPath(file) : file, position }];
  });
}

function isOurs(file: string): boolean {
  return PACKAGE_FOLDERS.some((folder) => file.startsWith(folder + sep));
}

/** Node.js itself, and packages between the user and us: cdktf, constructs. */
function isForeign(file: string): boolean {
  return file.startsWith("node:") || (!isOurs(file) && file.includes(`${sep}node_modules${sep}`));
}
