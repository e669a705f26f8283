import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../definition/configuration-error";

/** The machine has no watches left, or this process no files. */
const EXHAUSTED: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EMFILE", "ENFILE"]);

/**
 * Tells which entries of some folders were written, created, renamed or removed. Each folder is watched for itself: that is
 * what operating systems do reliably. ADR 10 has what was measured with recursive watching and with libraries.
 */
export class FolderWatcher {
  private readonly watchers = new Map<string, FSWatcher>();

  /** @param onChange takes the path of what has changed; several times for one change */
  constructor(private readonly onChange: (path: string) => void) {}

  /**
   * Watches these folders from now on, and no others. A folder that is not there is left out. Whoever calls this first and
   * reads files afterwards misses nothing: what changes later is told.
   *
   * @throws ConfigurationError CANNOT_WATCH
   */
  follow(folders: ReadonlySet<string>): void {
    for (const folder of this.watchers.keys()) if (!folders.has(folder)) this.forget(folder);
    for (const folder of folders) if (!this.watchers.has(folder)) this.watch(folder);
  }

  close(): void {
    for (const folder of this.watchers.keys()) this.forget(folder);
  }

  private watch(folder: string): void {
    try {
      const watcher = watch(folder, (event, name) => this.noticed(event, name === null ? folder : join(folder, name)));
      watcher.on("error", () => this.forget(folder));
      this.watchers.set(folder, watcher);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (!EXHAUSTED.has(code)) return;
      const problem = `no more folders can be watched (${code})`;
      const fix = "raise the limits of the machine (fs.inotify.max_user_watches, ulimit -n), or use headgate local";
      throw new ConfigurationError("CANNOT_WATCH", folder, problem, fix, { cause });
    }
  }

  /** A watcher stays with a folder that is removed; one that is made in its place is watched anew. */
  private noticed(event: string, path: string): void {
    if (event === "rename") this.forget(path);
    this.onChange(path);
  }

  private forget(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }
}
