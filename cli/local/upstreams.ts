import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";
import { LOCAL_CONFIG_FILE, type LocalConfig } from "../../local/config";
import { startUpstream, type Upstream } from "../../local/services/upstream";

/** The small upstreams that stand for backends. */
export class Upstreams {
  /** By the folder that they serve. */
  private readonly running = new Map<string, Upstream>();

  constructor(private readonly projectRoot: string) {}

  /**
   * Origin → URL that answers instead. Starts the upstreams that are not there yet.
   *
   * @throws ConfigurationError UPSTREAM_FOLDER_MISSING
   */
  async urlsOf({ origins }: LocalConfig): Promise<Readonly<Record<string, string>>> {
    const urls: Record<string, string> = {};
    for (const [origin, target] of Object.entries(origins)) {
      urls[origin] = typeof target === "string" ? target : (await this.start(origin, target.folder)).url;
    }
    return urls;
  }

  /** Ends the upstreams that nothing leads to any more. */
  async keepOnly({ origins }: LocalConfig): Promise<void> {
    const folders = Object.values(origins).map((target) =>
      typeof target === "string" ? "" : this.pathOf(target.folder),
    );
    for (const [folder, upstream] of this.running) {
      if (folders.includes(folder)) continue;
      this.running.delete(folder);
      await upstream.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((upstream) => upstream.close()));
  }

  private async start(origin: string, name: string): Promise<Upstream> {
    const folder = this.pathOf(name);
    const known = this.running.get(folder);
    if (known) return known;
    if (!existsSync(folder)) {
      const problem = `the folder of "${origin}" is not there: ${folder}`;
      const fix = "create the folder with a JSON file for each path, as in latest.json for GET /latest";
      throw new ConfigurationError("UPSTREAM_FOLDER_MISSING", LOCAL_CONFIG_FILE, problem, fix);
    }
    const started = await startUpstream(folder);
    this.running.set(folder, started);
    return started;
  }

  private pathOf(folder: string): string {
    return resolve(this.projectRoot, folder);
  }
}
