import { createHash } from "node:crypto";

/**
 * State that belongs to declarations. A thing is made once, and stays over versions of a stack as long as what it belongs to is
 * declared in the same way.
 */
export class Kept<Thing> {
  private known: ReadonlyMap<string, Thing> = new Map();
  private asked = new Map<string, Thing>();

  /** The thing that belongs to a declaration: any JSON that tells it apart. */
  of(declaration: unknown, make: () => Thing): Thing {
    const key = createHash("sha256").update(JSON.stringify(declaration)).digest("base64");
    const thing = this.asked.get(key) ?? this.known.get(key) ?? make();
    this.asked.set(key, thing);
    return thing;
  }

  /** Ends a version: what it has not asked for is forgotten. */
  sweep(): void {
    this.known = this.asked;
    this.asked = new Map();
  }
}
