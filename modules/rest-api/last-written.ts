/**
 * What was written last, with what it was written from: a synthesis asks for the document of an API some twenty times. What
 * is written must follow from the input alone, which is compared as JSON.
 */
export class LastWritten<Output> {
  private last: { readonly input: string; readonly output: Output } | undefined;

  /** The last output if the input is the same, or else a new one. */
  from<Input extends object>(input: Input, write: (input: Input) => Output): Output {
    const text = JSON.stringify(input);
    if (this.last?.input !== text) this.last = { input: text, output: write(input) };
    return this.last.output;
  }
}
