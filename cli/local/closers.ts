/** Undoes what was started, newest first. */
export class Closers {
  private readonly closers: (() => Promise<void>)[] = [];

  /** Remembers how to end a thing, and hands the thing on. */
  add<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
    this.closers.push(() => thing.close());
    return thing;
  }

  /** Ends everything. One failure does not keep the others from being ended. */
  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) {
      await close().catch((error: unknown) => console.error(error));
    }
  }
}
