import type { Classification } from "./classify";

/** One request to AWS, in the order in which the twin accepted it. */
export interface Call extends Classification {
  readonly index: number;
  /** Status of the answer; absent while it is under way, or when the connection was dropped. */
  status?: number;
}

/** Which calls a question is about; what is absent matches everything. */
export interface CallFilter {
  readonly service?: string;
  readonly operation?: string | readonly string[];
  readonly mutating?: boolean;
}

/** Every call in order. */
export class CallLog {
  readonly #calls: Call[] = [];

  add(classification: Classification): Call {
    const call: Call = { ...classification, index: this.#calls.length };
    this.#calls.push(call);
    return call;
  }

  /** Calls that match, oldest first. */
  find({ service, operation, mutating }: CallFilter = {}): readonly Call[] {
    const operations = typeof operation === "string" ? [operation] : operation;
    return this.#calls.filter(
      (call) =>
        (service === undefined || call.service === service) &&
        (operations === undefined || operations.includes(call.operation)) &&
        (mutating === undefined || call.mutating === mutating),
    );
  }

  /** A view of the calls that come after this moment: `const since = log.mark(); … since.find()`. */
  mark(): { find(filter?: CallFilter): readonly Call[] } {
    const first = this.#calls.length;
    return { find: (filter) => this.find(filter).filter((call) => call.index >= first) };
  }
}
