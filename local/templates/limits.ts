/** Nodes that one rendering may evaluate: nested loops of 1,000 rounds each would stop all other requests. */
const MAX_STEPS = 1_000_000;
/** A payload may not be larger in the end, so no text on the way need be. */
const MAX_TEXT_LENGTH = 10_485_760;
const MAX_TEXT_TOGETHER = 10 * MAX_TEXT_LENGTH;
/** Single steps can be slow, over large payloads. */
const MAX_MILLIS = 2_000;

/** What one rendering of a template has taken so far. */
export class TemplateLimits {
  private steps = 0;
  private characters = 0;
  private readonly startedAt = performance.now();
  private usageAtStart: NodeJS.CpuUsage | undefined;

  /** @throws Error when the template takes too long */
  step(): void {
    this.steps += 1;
    if (this.steps > MAX_STEPS) throw new Error(`the template takes more than ${MAX_STEPS} steps`);
    if (this.steps % 16 !== 0) return;
    // Asking takes as long as a short template: those never get here.
    this.usageAtStart ??= process.cpuUsage();
    if (performance.now() - this.startedAt < MAX_MILLIS) return;
    // On a busy machine most of that time may have been other programs'.
    const { user, system } = process.cpuUsage(this.usageAtStart);
    if (user + system > MAX_MILLIS * 1_000) throw new Error(`the template takes more than ${MAX_MILLIS} ms`);
  }

  /** Passes a value on. @throws Error when it is a text that is too long, or makes all texts together too long */
  made<Value>(value: Value): Value {
    if (typeof value !== "string") return value;
    assertLength(value.length);
    this.characters += value.length;
    if (this.characters > MAX_TEXT_TOGETHER) {
      throw new Error(`the template makes more than ${MAX_TEXT_TOGETHER} characters on the way`);
    }
    return value;
  }
}

/** @throws Error when a text of this length is too long */
export function assertLength(length: number): void {
  if (length > MAX_TEXT_LENGTH) throw new Error(`the template makes a text of more than ${MAX_TEXT_LENGTH} characters`);
}
