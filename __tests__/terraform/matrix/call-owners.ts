import type { Call } from "../../support/twin/call-log";
import type { Answer } from "../../support/twin/http";
import { isObject, objectOr, text } from "../../support/twin/json-values";

/** Tells which row a call to AWS belongs to: by names that it holds, and by ids that calls of the row were answered with. */
export class CallOwners {
  private readonly byId = new Map<string, string>();
  private readonly names: readonly string[];

  constructor(names: readonly string[]) {
    // `add-route` must not take what `add-route-again` calls.
    this.names = [...names].sort((left, right) => right.length - left.length);
  }

  /** Remembers ids that only AWS could mint. */
  learn(call: Call, answer: Answer): void {
    if (!call.mutating || answer.status >= 300) return;
    const owner = this.of(call);
    const id = owner && mintedId(answer);
    if (id && !this.byId.has(id)) this.byId.set(id, owner);
  }

  /** Name of the row; undefined where no row is named. */
  of({ operation, parameters }: Call): string | undefined {
    const said = `${operation} ${JSON.stringify(parameters)}`;
    const named = this.names.find((name) => said.includes(name));
    return named ?? [...this.byId].find(([id]) => said.includes(id))?.[1];
  }
}

function mintedId({ body }: Answer): string | undefined {
  const answered = body.toString();
  if (!answered.startsWith("{")) return undefined;
  const value: unknown = JSON.parse(answered);
  const answer = objectOr(isObject(Object(value)) ? Object(value) : {});
  return text(answer.id) ?? text(objectOr(answer.UserPool).Id);
}
