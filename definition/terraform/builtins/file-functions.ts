import { posix } from "node:path";
import { contentOf } from "./encoding-functions";
import { changing, type FunctionTable, keeping, objectOf, textOf } from "./terraform-function";

/** Files beside the configuration. Source: https://developer.hashicorp.com/terraform/language/functions/file */
export const FILE_FUNCTIONS: FunctionTable = {
  file: changing(([path], context) => contentOf(textOf(path), context).toString("utf8")),
  filebase64: changing(([path], context) => contentOf(textOf(path), context).toString("base64")),
  fileexists: changing(([path], context) => context.readFile(textOf(path)) !== undefined),
  templatefile: keeping(([path, variables], context) =>
    context.renderTemplate(contentOf(textOf(path), context).toString("utf8"), objectOf(variables)),
  ),
  templatestring: keeping(([template, variables], context) =>
    context.renderTemplate(textOf(template), objectOf(variables)),
  ),
  abspath: changing(([path], context) => context.absolutePath(textOf(path))),
  basename: changing(([path]) => posix.basename(textOf(path))),
  dirname: changing(([path]) => posix.dirname(textOf(path))),
};
