import type { Json } from "../json";
import { cycle } from "./reference-errors";

/** Values that are computed when they are needed, once. */
export class Memory {
  private readonly values = new Map<string, Json>();
  private readonly pending = new Set<string>();

  /** @throws ConfigurationError `REFERENCE_CYCLE` for a value that needs itself */
  once(key: string, compute: () => Json): Json {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    if (this.pending.has(key)) throw cycle(key, this.pending);
    this.pending.add(key);
    try {
      const value = compute();
      this.values.set(key, value);
      return value;
    } finally {
      this.pending.delete(key);
    }
  }
}
