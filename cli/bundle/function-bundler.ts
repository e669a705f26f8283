import { realpathSync } from "node:fs";
import { join } from "node:path";
import type { Bundle, BundleManifest } from "../../definition/bundle-manifest";
import { ConfigurationError } from "../../definition/configuration-error";
import { BuildContexts } from "./build-contexts";
import { asConfigurationError, describe } from "./build-errors";
import { buildOptions } from "./build-options";
import type { BundleFunctionsOptions } from "./bundle-functions";
import { type FunctionSettings, readSettings } from "./bundle-settings";
import { functionNames } from "./function-folders";
import { groupBySettings } from "./group-by-settings";
import { InputHashes } from "./input-hashes";
import { type PackedFunction, packFunctions } from "./pack-functions";
import { writeBundles } from "./write-bundles";
import { writeSourceMaps } from "./write-source-maps";

/** What a round of bundling has come to. */
export interface Rebundled {
  readonly manifest: BundleManifest;
  /** Functions whose zip is another one now, also those that came or went. */
  readonly changed: readonly string[];
  /** What keeps functions from being bundled; their zips are the old ones. */
  readonly failures: readonly ConfigurationError[];
}

/** Functions that could be built together, and why others could not be built. */
interface Attempt {
  readonly packed: readonly PackedFunction[];
  readonly failures: ReadonlyMap<string, ConfigurationError>;
}

/** Keeps the bundles of a project up to date: builds only what a change concerns, and writes only zips that differ. */
export class FunctionBundler {
  private readonly contexts = new BuildContexts();
  private readonly projectRoot: string;
  private readonly functionsFolder: string;
  private readonly settings = new Map<string, string>();
  private failing: ReadonlySet<string> = new Set();
  private warming: Promise<unknown> = Promise.resolve();
  private isWarming = false;

  /** @param manifest of the bundles that are there */
  constructor(
    private readonly options: BundleFunctionsOptions,
    private manifest: BundleManifest,
  ) {
    this.projectRoot = realpathSync(options.projectRoot);
    this.functionsFolder = options.functionsFolder ?? "functions";
    for (const name of Object.keys(manifest.bundles)) this.settings.set(name, this.settingsOf(name).key);
  }

  /**
   * Bundles the functions that changed files concern, new ones, and those that failed the last time.
   *
   * @param changed paths relative to the project root
   * @throws ConfigurationError what `functionNames` and `readSettings` throw; nothing is written then
   */
  async rebundle(changed: ReadonlySet<string>): Promise<Rebundled> {
    this.isWarming = false;
    await this.warming;
    const names = await functionNames(this.projectRoot, this.functionsFolder);
    const current = names.map((name) => this.settingsOf(name));
    const concerned = current.filter(({ settings: { name }, key }) => {
      const bundle = this.manifest.bundles[name];
      const isKnown = this.settings.get(name) === key && !this.failing.has(name);
      return bundle === undefined || !isKnown || Object.keys(bundle.inputs).some((input) => changed.has(input));
    });
    const { packed, failures } = await this.attemptAll(concerned.map(({ settings }) => settings));
    const before = this.manifest;
    const manifest: BundleManifest = { version: 1, bundles: withPacked(before.bundles, names, packed) };
    const isOther = (name: string) => before.bundles[name]?.sourceCodeHash !== manifest.bundles[name]?.sourceCodeHash;
    const written = packed.filter(({ name }) => isOther(name));
    await this.write(before, manifest, written);

    this.manifest = manifest;
    this.failing = new Set(failures.keys());
    for (const { settings, key } of concerned) this.settings.set(settings.name, key);
    const changedNames = [...new Set([...Object.keys(before.bundles), ...names])].filter(isOther).sort();
    return { manifest, changed: changedNames, failures: [...failures.values()] };
  }

  /** Builds functions once, one after the other, so that the first change takes no longer than later ones. */
  async warm(names: readonly string[]): Promise<void> {
    this.isWarming = true;
    for (const name of names) {
      if (!this.isWarming) return;
      this.warming = this.buildUnseen(name);
      await this.warming;
    }
  }

  private async buildUnseen(name: string): Promise<void> {
    try {
      await this.contexts.build(this.buildOptions([this.settingsOf(name).settings]));
    } catch {
      // The round that bundles the function says what keeps it from being built.
    }
  }

  async close(): Promise<void> {
    this.isWarming = false;
    await this.warming;
    await this.contexts.close();
  }

  /** A function that fails does not keep others from being built. */
  private async attemptAll(functions: readonly FunctionSettings[]): Promise<Attempt> {
    const hashes = new InputHashes(this.projectRoot);
    const attempts = await Promise.all(groupBySettings(functions).map((group) => this.attempt(group, hashes)));
    return {
      packed: attempts.flatMap(({ packed }) => packed),
      failures: new Map(attempts.flatMap(({ failures }) => [...failures])),
    };
  }

  private async attempt(functions: readonly FunctionSettings[], hashes: InputHashes): Promise<Attempt> {
    try {
      const result = await this.contexts.build(this.buildOptions(functions));
      const packed = await packFunctions(this.projectRoot, result, functions, hashes);
      for (const warning of result.warnings) this.options.onWarning?.(describe(warning));
      return { packed, failures: new Map() };
    } catch (error) {
      const mistake = asConfigurationError(error);
      if (!(mistake instanceof ConfigurationError)) throw mistake;
      const [first, ...others] = functions;
      if (first === undefined || others.length === 0) {
        return { packed: [], failures: new Map(first ? [[first.name, mistake]] : []) };
      }
      const alone = await Promise.all(functions.map((it) => this.attempt([it], hashes)));
      return {
        packed: alone.flatMap(({ packed }) => packed),
        failures: new Map(alone.flatMap(({ failures }) => [...failures])),
      };
    }
  }

  private async write(
    before: BundleManifest,
    manifest: BundleManifest,
    packed: readonly PackedFunction[],
  ): Promise<void> {
    const { outFolder = "dist/functions", mapsFolder } = this.options;
    if (JSON.stringify(before) === JSON.stringify(manifest)) return;
    // The map first: a gateway that finds the zip looks for it.
    if (mapsFolder !== undefined) {
      await writeSourceMaps(join(this.projectRoot, mapsFolder), this.projectRoot, packed, manifest);
    }
    const zips = new Map(packed.map(({ bundle, zip }) => [bundle.file, zip]));
    await writeBundles(join(this.projectRoot, outFolder), zips, manifest);
  }

  private settingsOf(name: string): { readonly settings: FunctionSettings; readonly key: string } {
    const settings = readSettings(this.projectRoot, this.functionsFolder, name);
    return { settings, key: JSON.stringify(settings) };
  }

  private buildOptions(functions: readonly FunctionSettings[]) {
    const [first] = functions;
    if (first === undefined) throw new Error("nothing to build");
    const names = functions.map(({ name }) => name);
    const hasMaps = this.options.mapsFolder !== undefined;
    return buildOptions(this.projectRoot, this.functionsFolder, names, first.settings, hasMaps);
  }
}

function withPacked(
  before: BundleManifest["bundles"],
  names: readonly string[],
  packed: readonly PackedFunction[],
): BundleManifest["bundles"] {
  const entries = names.flatMap((name): readonly (readonly [string, Bundle])[] => {
    const bundle = packed.find((it) => it.name === name)?.bundle ?? before[name];
    return bundle === undefined ? [] : [[name, bundle]];
  });
  return Object.fromEntries(entries);
}
