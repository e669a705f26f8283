import type { EnvironmentRequest, EnvironmentResult, ResolveRequest } from "./environment-request";
import { AHEAD_MILLIS } from "./frames";

/** A request that a process has, and has not begun as far as we know. */
export interface RequestAhead {
  readonly request: EnvironmentRequest;
  readonly sentAt: number;
  readonly resolve: ResolveRequest;
}

/** By now a process that has not begun a request never will, and would have said so if it had. */
const GIVE_UP_MILLIS = 3 * AHEAD_MILLIS;

/** The requests that a process has besides the one in work, in the order in which it begins them. */
export class RequestsAhead {
  private requests: RequestAhead[] = [];
  private timer: NodeJS.Timeout | undefined;

  get count(): number {
    return this.requests.length;
  }

  /** @returns undefined when the process has not begun it soon: another one can take the request */
  add(request: EnvironmentRequest, sentAt: number): Promise<EnvironmentResult | undefined> {
    this.timer ??= this.startTimer();
    return new Promise((resolve) => this.requests.push({ request, sentAt, resolve }));
  }

  /** Takes out the one that the process begins now. */
  shift(): RequestAhead | undefined {
    return this.requests.shift();
  }

  /** Takes out what the process will not begin, for others to take. */
  giveBack(isGiven: (ahead: RequestAhead) => boolean = () => true): void {
    const given = this.requests.filter(isGiven);
    if (given.length === 0) return;
    this.requests = this.requests.filter((ahead) => !given.includes(ahead));
    for (const { resolve } of given) resolve(undefined);
  }

  private startTimer(): NodeJS.Timeout {
    return setTimeout(() => {
      // What the process has said by now is read first.
      setImmediate(() => {
        const limit = Date.now() - GIVE_UP_MILLIS;
        this.giveBack(({ sentAt }) => sentAt < limit);
        this.timer = this.count > 0 ? this.startTimer() : undefined;
      });
    }, AHEAD_MILLIS);
  }
}
