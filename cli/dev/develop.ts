import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { BundleManifest } from "../../definition/bundle-manifest";
import { ConfigurationError } from "../../definition/configuration-error";
import { LOCAL_CONFIG_FILE, readLocalConfig } from "../../local/config";
import type { Log } from "../../local/log/entry";
import { FunctionBundler } from "../bundle/function-bundler";
import { type CdktfProject, readCdktfProject } from "../local/cdktf-project";
import { type LoadedVersion, loadVersion, type VersionOptions, warnOfUnused } from "../local/load-version";
import type { StartedGateway } from "../local/start-gateway";
import { synthesizedStacks } from "../local/synthesized-stacks";
import { type BundleAndSynthesizeOptions, synthesizeStacks } from "../synth-command";
import { type AppInputs, inputsOfApp } from "./app-inputs";
import { FolderWatcher } from "./folder-watcher";
import { type BundleNames, bundleNamesOf, changesStack, withFreshBundles } from "./fresh-bundles";
import { type KnownFiles, type Part, partsToRenew } from "./parts-to-renew";
import { failedText, liveFunctions, liveStack, liveText, routeNames } from "./report";
import { Rounds } from "./rounds";
import { foldersOf, folderTree } from "./watched-folders";

const FUNCTIONS_FOLDER = "functions";
const BUNDLES_FOLDER = join("dist", "functions");
/** So many functions are built before they change. */
const WARM_FUNCTIONS = 4;
const NO_BUNDLES: BundleManifest = { version: 1, bundles: {} };

export interface DevelopOptions {
  readonly projectRoot: string;
  readonly project: CdktfProject;
  readonly options: VersionOptions;
  readonly synthesis: BundleAndSynthesizeOptions;
  /** Has recorded the first synthesis. */
  readonly recorder: AppInputs;
  readonly started: StartedGateway;
  /** What is served. */
  readonly version: LoadedVersion;
  readonly log: Log;
}

/** Follows the sources of a project until it is closed. */
export async function develop(options: DevelopOptions): Promise<{ close(): Promise<void> }> {
  const session = new DevSession(options);
  session.start();
  return session;
}

/** Renews the parts of a running gateway when their sources change. What cannot be renewed stays as it is. */
class DevSession {
  private readonly root: string;
  private readonly watcher = new FolderWatcher((path) => this.noticed(path));
  private readonly rounds = new Rounds<string>((changed) => this.round(changed));
  private readonly bundler: FunctionBundler;
  private readonly broken = new Set<Part>();
  private manifest: BundleManifest;
  private bundleNames: BundleNames;
  private appInputs: ReadonlySet<string> = new Set();
  private project: CdktfProject;
  private served: LoadedVersion;
  private servedSince = new Date();

  constructor(private readonly options: DevelopOptions) {
    const { projectRoot, version, synthesis, log } = options;
    this.root = realpathSync(projectRoot);
    this.project = options.project;
    this.served = version;
    this.manifest = readManifest(this.root);
    this.bundleNames = bundleNamesOf(version.stack.functions, this.manifest);
    const onWarning = (text: string) => log({ kind: "warning", text });
    const { mapsFolder } = synthesis;
    this.bundler = new FunctionBundler({ projectRoot: this.root, mapsFolder, onWarning }, this.manifest);
  }

  start(): void {
    this.takeInputs();
    this.follow();
    this.options.log({ kind: "note", text: "watching sources: what is saved is live\n" });
    void this.bundler.warm(this.latestFunctions());
  }

  async close(): Promise<void> {
    this.watcher.close();
    await this.rounds.close();
    await this.bundler.close();
  }

  private noticed(path: string): void {
    if (partsToRenew([path], this.known()).size > 0) this.rounds.add(path);
  }

  private async round(changed: ReadonlySet<string>): Promise<void> {
    // Before anything is read: what is saved from now on is for the next round.
    const isFollowing = this.followOn();
    const parts = new Set(partsToRenew(changed, this.known()));
    if (parts.has("settings")) {
      const { stack: before } = this.served.config;
      await this.attempt("settings", () => this.renewSettings());
      if (this.served.config.stack !== before) parts.add("stack");
    }
    if (parts.has("functions")) {
      const before = this.manifest;
      await this.attempt("functions", () => this.renewFunctions(changed));
      if (changesStack(this.bundleNames, before, this.manifest)) parts.add("stack");
    }
    if (parts.has("stack")) await this.attempt("stack", () => this.renewStack());
    if (parts.has("seeds")) await this.attempt("seeds", () => this.renewSeeds());
    if (isFollowing) this.followOn();
  }

  /** What is served goes on being served when no more folders can be watched. */
  private followOn(): boolean {
    try {
      this.follow();
      return true;
    } catch (error) {
      this.options.log({ kind: "error", text: problemOf(error) });
      return false;
    }
  }

  /** Does one thing, and says what has come of it. */
  private async attempt(part: Part, renew: () => Promise<string | undefined>): Promise<void> {
    const { log, synthesis } = this.options;
    const startedAt = performance.now();
    const wasBroken = this.broken.has(part);
    try {
      const what = await renew();
      this.broken.delete(part);
      const millis = performance.now() - startedAt;
      if (what === undefined && !wasBroken) return;
      this.servedSince = new Date();
      log({ kind: "note", text: liveText(part, what, { at: this.servedSince, millis, wasBroken }) });
    } catch (error) {
      if (synthesis.signal?.aborted) return;
      this.broken.add(part);
      const text = failedText(part, problemOf(error), { at: new Date(), servedSince: this.servedSince });
      log({ kind: "error", text });
    }
  }

  private async renewSettings(): Promise<string> {
    await this.serve({ ...this.served, config: readLocalConfig(this.root) });
    const stacks = synthesizedStacks(resolve(this.root, this.project.output));
    await warnOfUnused(this.served, stacks, this.options.log);
    return `${LOCAL_CONFIG_FILE} is live`;
  }

  private async renewFunctions(changed: ReadonlySet<string>): Promise<string | undefined> {
    const paths = new Set([...changed].map((path) => relative(this.root, path).replaceAll("\\", "/")));
    const { manifest, changed: names, failures } = await this.bundler.rebundle(paths);
    this.manifest = manifest;
    const live = names.filter((name) => manifest.bundles[name] !== undefined);
    if (names.length > 0) this.options.started.replaceCode(this.withFreshCode(this.served));
    if (failures.length === 0) return liveFunctions(live);
    if (live.length > 0) this.options.log({ kind: "note", text: `${liveFunctions(live)}` });
    throw new SeveralMistakes(failures);
  }

  private async renewStack(): Promise<string> {
    if (this.broken.has("functions")) throw new Error("it is synthesized as soon as the functions can be bundled");
    const { options, synthesis, started } = this.options;
    this.project = readCdktfProject(this.root);
    const stacks = await synthesizeStacks(this.root, this.project, synthesis).finally(() => this.takeInputs());
    const before = routeNames(started.gateway);
    const version = await loadVersion(stacks, this.served.config, options);
    const formerNames = this.bundleNames;
    this.bundleNames = bundleNamesOf(version.stack.functions, this.manifest);
    await this.serve(version).catch((error: unknown) => {
      this.bundleNames = formerNames;
      throw error;
    });
    return liveStack(version.stack.name, before, routeNames(started.gateway));
  }

  private async renewSeeds(): Promise<string> {
    await this.options.started.seedAgain();
    return "seeds are written";
  }

  /** From one request to the next. When it fails, nothing has changed. */
  private async serve(version: LoadedVersion): Promise<void> {
    const notes = await this.options.started.replace(this.withFreshCode(version));
    this.served = version;
    for (const text of notes) this.options.log({ kind: "warning", text });
  }

  private withFreshCode(version: LoadedVersion): LoadedVersion {
    const { stack } = version;
    const bundles = join(this.root, BUNDLES_FOLDER);
    const functions = withFreshBundles(stack.functions, this.bundleNames, this.manifest, bundles);
    return { ...version, stack: { ...stack, functions } };
  }

  /** A run that has failed may have read less than it would have: what was known stays known until the next one succeeds. */
  private takeInputs(): void {
    const aside = { projectRoot: this.root, outputs: this.outputs(), bundleInputs: this.bundleInputs() };
    const recorded = inputsOfApp(this.options.recorder.take(this.root), aside);
    this.appInputs = new Set([...this.appInputs, ...recorded]);
  }

  private follow(): void {
    const { appInputs, bundleInputs, seedFiles } = this.known();
    const folders = foldersOf(this.root, [...appInputs, ...bundleInputs, ...seedFiles]);
    for (const folder of folderTree(join(this.root, FUNCTIONS_FOLDER))) folders.add(folder);
    this.watcher.follow(folders);
  }

  private known(): KnownFiles {
    return {
      settingsFile: join(this.root, LOCAL_CONFIG_FILE),
      functionsFolder: join(this.root, FUNCTIONS_FOLDER),
      bundleInputs: this.bundleInputs(),
      appInputs: new Set([...this.appInputs, join(this.root, "cdktf.json")]),
      seedFiles: new Set(Object.values(this.served.config.seed).map((file) => resolve(this.root, file))),
      outputs: this.outputs(),
      broken: this.broken,
    };
  }

  private bundleInputs(): ReadonlySet<string> {
    const inputs = Object.values(this.manifest.bundles).flatMap((bundle) => Object.keys(bundle.inputs));
    return new Set(inputs.map((input) => join(this.root, input)));
  }

  private outputs(): readonly string[] {
    const folders = ["dist", this.project.output, ".headgate", ".git", "node_modules"];
    return folders.map((folder) => resolve(this.root, folder));
  }

  /** The functions that somebody has worked on last. */
  private latestFunctions(): readonly string[] {
    const times = Object.entries(this.manifest.bundles).map(([name, { inputs }]) => {
      const own = Object.keys(inputs).filter((input) => input.startsWith(`${FUNCTIONS_FOLDER}/${name}/`));
      return { name, writtenAt: Math.max(0, ...own.map((input) => modifiedAt(join(this.root, input)))) };
    });
    return times
      .sort((one, other) => other.writtenAt - one.writtenAt)
      .slice(0, WARM_FUNCTIONS)
      .map(({ name }) => name);
  }
}

/** What keeps several functions from being bundled. */
class SeveralMistakes extends Error {
  constructor(mistakes: readonly ConfigurationError[]) {
    super(mistakes.map(({ message }) => message).join("\n"));
  }
}

/** Mistakes of the user tell themselves; what else goes wrong needs its stack. */
function problemOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof SeveralMistakes) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function readManifest(root: string): BundleManifest {
  const file = join(root, BUNDLES_FOLDER, "manifest.json");
  return existsSync(join(root, FUNCTIONS_FOLDER)) && existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : NO_BUNDLES;
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
