import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { isLiteralOf, isNumber, isText, isTextOf, isTexts, isTextsByKey, isYesOrNo, type Kind } from "./setting-kinds";

/** File with the options of one function, beside its handler, or of all functions, in the functions folder. */
export const SETTINGS_FILE = "bundle.json";

/** Looked for beside each source and above, as TypeScript does. */
export const DEFAULT_TSCONFIG = "tsconfig.json";

/** How functions are bundled. Names of AWS CDK's `BundlingOptions`, where it has them. Paths are relative to the project root. */
export interface BundleSettings {
  /** Packages that are left out, because the runtime or a layer has them. */
  readonly externalModules: readonly string[];
  /** Packages that are installed into the zip instead of bundled, because they hold native code or read their own files. */
  readonly nodeModules: readonly string[];
  /** Instruction set of native code in `nodeModules`. */
  readonly architecture: "arm64" | "x86_64";
  /** Text of the code → expression that replaces it. */
  readonly define: Readonly<Record<string, string>>;
  /** Extension → what its files are. */
  readonly loader: Readonly<Record<string, Loader>>;
  /** Code before everything else. */
  readonly banner: string;
  /** Code after everything else. */
  readonly footer: string;
  /** Files that every function imports. */
  readonly inject: readonly string[];
  /** Members of `package.json` that name the entry of a package, in order. */
  readonly mainFields: readonly string[];
  readonly tsconfig: string;
  readonly format: "esm" | "cjs";
  readonly minify: boolean;
  /** True keeps the names of functions and classes when code is minified. */
  readonly keepNames: boolean;
  /** True adds a source map; the function then runs with `--enable-source-maps`. */
  readonly sourceMap: boolean;
  /** Oldest Node.js that must understand the code. */
  readonly target: string;
  /** Size of the unpacked zip, in KB, above which bundling fails. */
  readonly maxSizeKilobytes: number;
}

/** What esbuild can make of a file without a second file beside the code. */
const LOADERS = ["base64", "binary", "dataurl", "empty", "js", "json", "jsx", "text", "ts", "tsx"] as const;
type Loader = (typeof LOADERS)[number];

const DEFAULTS: BundleSettings = {
  externalModules: [],
  nodeModules: [],
  architecture: "arm64",
  define: {},
  loader: {},
  banner: "",
  footer: "",
  inject: [],
  mainFields: ["module", "main"],
  tsconfig: DEFAULT_TSCONFIG,
  format: "esm",
  minify: true,
  keepNames: false,
  sourceMap: false,
  target: "node20",
  maxSizeKilobytes: Number.POSITIVE_INFINITY,
};

const KINDS: Readonly<Record<keyof BundleSettings, Kind>> = {
  externalModules: isTexts,
  nodeModules: isTexts,
  architecture: isLiteralOf(["arm64", "x86_64"]),
  define: isTextsByKey(isText),
  loader: isTextsByKey(isLiteralOf(LOADERS)),
  banner: isText,
  footer: isText,
  inject: isTexts,
  mainFields: isTexts,
  tsconfig: isText,
  format: isLiteralOf(["esm", "cjs"]),
  minify: isYesOrNo,
  keepNames: isYesOrNo,
  sourceMap: isYesOrNo,
  target: isTextOf(/^node\d+(\.\d+)*$/, 'a version such as "node22"'),
  maxSizeKilobytes: isNumber,
};

/** What holds for one function, and the files that say so. */
export interface FunctionSettings {
  readonly name: string;
  readonly settings: BundleSettings;
  /** Relative to the project root. */
  readonly files: readonly string[];
}

/**
 * The options of a function: those beside its handler, then those for all functions, then the defaults.
 *
 * @throws ConfigurationError BUNDLE_OPTIONS_NOT_JSON, BUNDLE_OPTION_UNKNOWN, BUNDLE_OPTION_INVALID
 */
export function readSettings(projectRoot: string, functionsFolder: string, name: string): FunctionSettings {
  const files = [`${functionsFolder}/${SETTINGS_FILE}`, `${functionsFolder}/${name}/${SETTINGS_FILE}`].filter((file) =>
    existsSync(join(projectRoot, file)),
  );
  const settings = Object.assign({}, DEFAULTS, ...files.map((file) => readFile(projectRoot, file)));
  return { name, settings, files };
}

function readFile(projectRoot: string, file: string): Partial<BundleSettings> {
  const read = parse(readFileSync(join(projectRoot, file), "utf8"), file);
  for (const [option, value] of Object.entries(read)) {
    if (!isOption(option)) throw unknown(file, option);
    const kind = KINDS[option];
    if (kind.accepts(value)) continue;
    throw new ConfigurationError(
      "BUNDLE_OPTION_INVALID",
      file,
      `"${option}" must be ${kind.label}, got ${JSON.stringify(value)}`,
      `write ${kind.label}`,
    );
  }
  return read;
}

function isOption(name: string): name is keyof BundleSettings {
  return Object.hasOwn(KINDS, name);
}

function unknown(file: string, option: string): ConfigurationError {
  return new ConfigurationError(
    "BUNDLE_OPTION_UNKNOWN",
    file,
    `there is no option "${option}"`,
    option === "plugins"
      ? "plugins are code, and would make bytes depend on it: build such a zip yourself and use Code.fromAsset"
      : `use one of ${Object.keys(KINDS).sort().join(", ")}`,
  );
}

function parse(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch (cause) {
    throw notJson(file, { cause });
  }
  throw notJson(file);
}

function notJson(file: string, options?: ErrorOptions): ConfigurationError {
  const fix = 'write an object, as in { "sourceMap": true }';
  return new ConfigurationError("BUNDLE_OPTIONS_NOT_JSON", file, "the file is no JSON object", fix, options);
}
