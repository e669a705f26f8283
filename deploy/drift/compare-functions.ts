import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Json, JsonObject } from "../../definition/json";
import { present } from "../../definition/present";
import { compareValues } from "./compare-values";
import type { DeclaredFunction } from "./declared-functions";
import type { DeployedAlias, DeployedFunction } from "./deployed-functions";
import { type Comparison, difference, joined, notCompared } from "./difference";

/** Compares what runs behind each alias of a function, or as its newest version where it has none. */
export function compareFunction({ declared, latest, aliases }: DeployedFunction): Comparison {
  const { name } = declared;
  if (latest === undefined) return difference(name, "function", "declared", "missing");
  if (declared.aliases.length === 0) return compareVersion(name, declared, latest);
  return joined(aliases.map((alias) => compareAlias(declared, alias)));
}

function compareAlias(
  declared: DeclaredFunction,
  { declared: alias, version, otherVersions }: DeployedAlias,
): Comparison {
  const place = `${declared.name}:${alias.name}`;
  if (version === undefined) return difference(place, "alias", "declared", "missing");
  if (alias.version !== undefined) return compareValues(place, "version", alias.version, version.Version ?? "");
  return joined([compareValues(place, "routing", {}, otherVersions), compareVersion(place, declared, version)]);
}

function compareVersion(place: string, declared: DeclaredFunction, version: FunctionConfiguration): Comparison {
  const { sourceCodeHash } = declared;
  const code =
    sourceCodeHash === undefined
      ? notCompared(place, "code", "it stands in no zip of the stack")
      : compareValues(place, "code", sourceCodeHash, version.CodeSha256 ?? "");
  return joined([code, compareValues(place, "", configurationOf(declared), deployedConfiguration(declared, version))]);
}

/** What is declared and a version keeps. */
export function configurationOf(fn: DeclaredFunction): JsonObject {
  const { handler, runtime, memorySizeMb, timeoutSeconds, environment, role } = fn;
  const { architectures, layers, tracingMode, ephemeralStorageMb } = fn;
  const configuration: Readonly<Record<keyof VersionConfiguration, Json | undefined>> = {
    ...{ handler, runtime, memorySizeMb, timeoutSeconds, environment, role },
    ...{ architectures, layers, tracingMode, ephemeralStorageMb },
  };
  return present(configuration) as JsonObject;
}

/** Fields of a function that each of its versions keeps, besides its code. */
export type VersionConfiguration = Required<
  Omit<DeclaredFunction, "address" | "name" | "packageFile" | "sourceCodeHash" | "aliases">
>;

/** The same of a version in AWS; an image has no handler or runtime that anybody declares. */
export function deployedConfiguration(declared: DeclaredFunction, version: FunctionConfiguration): JsonObject {
  return present({
    handler: declared.handler === undefined ? undefined : version.Handler,
    runtime: declared.runtime === undefined ? undefined : version.Runtime,
    memorySizeMb: version.MemorySize,
    timeoutSeconds: version.Timeout,
    environment: version.Environment?.Variables ?? {},
    role: declared.role === undefined ? undefined : version.Role,
    architectures: version.Architectures ?? ["x86_64"],
    layers: (version.Layers ?? []).map(({ Arn }) => Arn ?? ""),
    tracingMode: version.TracingConfig?.Mode ?? "PassThrough",
    ephemeralStorageMb: version.EphemeralStorage?.Size ?? 512,
  } satisfies Readonly<Record<keyof VersionConfiguration, Json | undefined>>) as JsonObject;
}
