import type { Json, JsonObject } from "../json";
import type { Unknown } from "../unknown";
import type { FunctionContext } from "./builtins/terraform-function";
import type { Instance } from "./instance";
import type { TemplateEvaluator } from "./template-evaluator";

/** Files beside a configuration; paths are relative to the root's folder. */
export type TerraformFiles = Pick<FunctionContext, "readFile" | "absolutePath">;

/** A configuration that comes without a folder. */
export const NO_FILES: TerraformFiles = { readFile: () => undefined, absolutePath: () => undefined };

/** What a plan or a state says of a block. */
export interface KnownArgument {
  readonly value?: Json;
  /** False if the value, or a part of it, has none before apply. */
  readonly isComplete: boolean;
}

/** The values of a plan or a state, by address. */
export interface KnownValues {
  /** The instances of a resource, data source or module call, by its address without a key; absent if nothing is said about it. */
  instances(address: string): readonly Instance[] | undefined;
  /** Absent for a block that is not in it. */
  argument(address: string, name: string): KnownArgument | undefined;
}

/** What a called module consists of. */
export interface ModuleSource {
  readonly root: JsonObject;
  /** Relative to the root's folder. */
  readonly folder: string;
}

/** What a scope is made with. */
export interface ScopeSettings {
  /** Name of the root; ids depend on it. */
  readonly name: string;
  readonly evaluator: TemplateEvaluator;
  /** Collects what is left out. */
  readonly unread: Map<string, Unknown>;
  /** @default - `us-east-1`, unless the provider block names one */
  readonly region?: string;
  /** What ARNs and `aws_caller_identity` name, 12 digits. @default - `000000000000` */
  readonly account?: string;
  /** As in `module.shop["eu"]`. @default - the root */
  readonly modulePath?: string;
  /** Names of the calls that lead to the module. @default - the root */
  readonly callPath?: readonly string[];
  /** `path.module` @default - `.` */
  readonly folder?: string;
  readonly files?: TerraformFiles;
  /** Value that is given for a variable. @default - variables have their defaults */
  readonly variable?: (name: string) => Json | undefined;
  /** The configuration of a called module. @default - none can be read */
  readonly modules?: (callPath: readonly string[], source: string | undefined) => ModuleSource | undefined;
  /** Outputs of the root whose state a `terraform_remote_state` reads. @default - they are unknown */
  readonly remoteState?: (body: JsonObject) => ((output: string) => Json | undefined) | undefined;
  /** @default - the configuration is all that is known */
  readonly known?: KnownValues;
}

/** Value of `path.module`, `path.root` or `path.cwd`. */
export function pathOf({ folder = ".", files }: ScopeSettings, name: string): Json | undefined {
  if (name === "module") return folder;
  return name === "root" ? "." : files?.absolutePath(".");
}
