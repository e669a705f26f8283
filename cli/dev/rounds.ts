/**
 * How long nothing may change before work begins: an editor writes a file in several steps, and git many files one after the
 * other. It is part of what a developer waits for.
 */
export const QUIET_MILLIS = 10;

/** Gathers changes and works on them in rounds, one at a time. What changes during a round is for the next one. */
export class Rounds<Change> {
  private changes = new Set<Change>();
  private timer: NodeJS.Timeout | undefined;
  private inWork: Promise<void> | undefined;
  private isClosed = false;

  /** @param work is never called twice at once; it must not fail */
  constructor(private readonly work: (changes: ReadonlySet<Change>) => Promise<void>) {}

  add(change: Change): void {
    if (this.isClosed) return;
    this.changes.add(change);
    if (this.timer) this.timer.refresh();
    else this.timer = setTimeout(() => this.begin(), QUIET_MILLIS);
  }

  /** Forgets what waits, and resolves when the round in work has ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.changes.clear();
    clearTimeout(this.timer);
    await this.inWork;
  }

  private begin(): void {
    this.timer = undefined;
    if (this.inWork || this.changes.size === 0) return;
    const { changes } = this;
    this.changes = new Set();
    this.inWork = this.work(changes).finally(() => {
      this.inWork = undefined;
      if (!this.timer) this.begin();
    });
  }
}
