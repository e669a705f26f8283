import { availableParallelism } from "node:os";
import type { EnvironmentRequest, EnvironmentResult } from "./environment-request";
import { type EnvironmentSetup, ExecutionEnvironment } from "./execution-environment";
import { errorPayload, exited } from "./failures";

/**
 * AWS starts an environment for every request that finds none idle. On one machine that makes short requests slower: they take
 * turns on the processors, and each process compiles the same code for itself. On two processors a short request cost the
 * processes 40 µs with two of them, 65 with four and 180 with twenty. So one starts at once for each processor, and more only
 * when a request has waited this long behind others that are not short.
 */
const PATIENCE_MILLIS = 100;
const EAGER_ENVIRONMENTS = availableParallelism();
/** Requests that take less on average leave no time to be gained by another process. */
const SHORT_MILLIS = 10;
/**
 * So short are requests that a process gets its next ones before it has asked for them: a process that sleeps between two
 * requests, and the gateway that wakes it, take several times as long as the requests. Not before so many in a row have left
 * their process alive, and no more than this at a time: should one of them be slow after all, the others wait for it a little.
 */
const AHEAD_BELOW_MILLIS = 2;
const AHEAD_AFTER_REQUESTS = 20;
const MAX_AHEAD = 16;
/** Weight of the newest request in the average. */
const SMOOTHING = 0.2;
/** Never more processes than this for one function; further requests wait. */
const MAX_ENVIRONMENTS = 64;

interface Waiting {
  readonly request: EnvironmentRequest;
  readonly resolve: (result: EnvironmentResult) => void;
  readonly reject: (error: unknown) => void;
  readonly arrivedAt: number;
  timer?: NodeJS.Timeout;
}

/** The execution environments of one function. */
export class EnvironmentPool {
  private readonly environments = new Set<ExecutionEnvironment>();
  private readonly loading = new Set<ExecutionEnvironment>();
  /** The one used last is used first: the others may cool down. */
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly waiting: Waiting[] = [];
  private preparing = 0;
  private closed = false;
  /** Set when no more requests come. */
  private emptied: (() => void) | undefined;
  /** Of the requests that were not the first of their environment: those say little about the others. */
  private averageMillis = 0;
  private readonly warm = new WeakSet<ExecutionEnvironment>();
  private finishedAt = Number.NEGATIVE_INFINITY;
  private finishedInARow = 0;

  /**
   * @param prepare what a new environment needs; asked anew each time, because the code on disk may have changed
   * @param limit most environments at a time
   */
  constructor(
    private readonly prepare: () => Promise<EnvironmentSetup>,
    private readonly limit = MAX_ENVIRONMENTS,
  ) {}

  /** Starts an environment before anybody asks for it, unless there is one. */
  start(): void {
    if (!this.closed && !this.isWarm()) this.add();
  }

  /** @throws what `prepare` throws */
  run(request: EnvironmentRequest): Promise<EnvironmentResult> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { request, resolve, reject, arrivedAt: performance.now() };
      this.waiting.push(waiting);
      this.dispatch();
      if (this.waiting.at(-1) !== waiting) return;
      waiting.timer = this.startPatience(waiting);
      this.grow(EAGER_ENVIRONMENTS);
    });
  }

  /** Takes no more requests: ends each process as soon as it has nothing to do. Resolves when all have ended. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.emptied = resolve;
      for (const environment of this.idle.splice(0)) void environment.stop();
      this.resolveWhenEmpty();
    });
  }

  /** Whether there is a process, or will be. */
  isWarm(): boolean {
    return this.environments.size + this.preparing > 0;
  }

  /** Ends every process; requests in work and those that wait get an error. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.waiting.length > 0) {
      this.failNext(({ request, resolve }) => {
        resolve({ failed: true, payload: errorPayload(exited(request.requestId, null, "SIGTERM")), millis: 0 });
      });
    }
    await Promise.all([...this.environments].map((environment) => environment.stop()));
  }

  private dispatch(): void {
    while (this.waiting.length > 0) {
      const environment = this.isBetterToWait() ? undefined : this.idle.pop();
      const busy = environment ? undefined : this.leastBusy();
      const next = environment || busy ? this.waiting.shift() : undefined;
      if (!next) return;
      clearTimeout(next.timer);
      if (environment) this.follow(next, environment.run(next.request), environment);
      else if (busy) this.follow(next, busy.runAhead(next.request), busy);
    }
  }

  private follow(
    next: Waiting,
    running: Promise<EnvironmentResult | undefined>,
    environment: ExecutionEnvironment,
  ): void {
    const isWarm = this.warm.has(environment);
    this.warm.add(environment);
    running.then((result) => {
      if (!result) {
        this.takeBack(next);
        return;
      }
      this.finishedAt = performance.now();
      this.finishedInARow += 1;
      if (isWarm) this.averageMillis += SMOOTHING * (result.millis - this.averageMillis);
      next.resolve(result);
    }, next.reject);
  }

  /** The process that takes the next request ahead, while requests are short. */
  private leastBusy(): ExecutionEnvironment | undefined {
    if (this.averageMillis >= AHEAD_BELOW_MILLIS || this.finishedInARow < AHEAD_AFTER_REQUESTS) return undefined;
    let best: ExecutionEnvironment | undefined;
    for (const environment of this.environments) {
      const ahead = environment.requestsAhead ?? MAX_AHEAD;
      if (ahead < (best?.requestsAhead ?? MAX_AHEAD)) best = environment;
    }
    return best;
  }

  /** A request that a process had no time for is nobody's fault: it is the next one again. */
  private takeBack(waiting: Waiting): void {
    this.waiting.unshift(waiting);
    waiting.timer = this.startPatience(waiting);
    this.dispatch();
    this.grow(EAGER_ENVIRONMENTS);
  }

  private startPatience(waiting: Waiting): NodeJS.Timeout {
    const timer = setTimeout(() => {
      if (this.isMoving(waiting)) {
        timer.refresh();
        return;
      }
      this.dispatch();
      this.grow(MAX_ENVIRONMENTS);
    }, PATIENCE_MILLIS);
    return timer;
  }

  /** Will a request be served soon without another environment? */
  private isMoving({ arrivedAt }: Waiting): boolean {
    const hasServed = this.finishedAt > Number.NEGATIVE_INFINITY;
    if (!hasServed) return this.preparing + this.loading.size > 0;
    return this.finishedAt > arrivedAt && this.averageMillis < SHORT_MILLIS;
  }

  /** Short requests are not spread over environments that longer ones have needed. */
  private isBetterToWait(): boolean {
    const [first] = this.waiting;
    const busy = this.environments.size - this.loading.size - this.idle.length;
    if (!first || busy < EAGER_ENVIRONMENTS || this.averageMillis >= SHORT_MILLIS) return false;
    return performance.now() - first.arrivedAt < PATIENCE_MILLIS || this.isMoving(first);
  }

  /** Starts one more environment, if more requests wait than environments are on their way. */
  private grow(limit: number): void {
    if (this.closed || this.waiting.length <= this.preparing + this.loading.size) return;
    if (this.environments.size + this.preparing >= Math.min(limit, this.limit)) return;
    this.add();
  }

  private add(): void {
    this.preparing += 1;
    this.prepare().then(
      (setup) => {
        this.preparing -= 1;
        if (this.closed) setup.link.close();
        else this.launch(setup);
      },
      (error) => {
        this.preparing -= 1;
        this.failNext((waiting) => waiting.reject(error));
        this.resolveWhenEmpty();
      },
    );
  }

  private launch(setup: EnvironmentSetup): void {
    const environment = new ExecutionEnvironment(setup, {
      idle: () => {
        const isNew = this.loading.delete(environment);
        if (isNew) this.idle.unshift(environment);
        else this.idle.push(environment);
        this.dispatch();
        if (this.emptied) for (const done of this.idle.splice(0)) void done.stop();
      },
      leaving: () => this.forgetIdle(environment),
      ended: (loadFailure) => {
        this.finishedInARow = 0;
        this.forget(environment);
        if (loadFailure) {
          this.failNext(({ request, resolve }) =>
            resolve({ failed: true, payload: loadFailure(request.requestId), millis: 0 }),
          );
        }
        this.grow(EAGER_ENVIRONMENTS);
        this.resolveWhenEmpty();
      },
    });
    this.environments.add(environment);
    this.loading.add(environment);
  }

  private resolveWhenEmpty(): void {
    if (!this.isWarm() && this.waiting.length === 0) this.emptied?.();
  }

  private forget(environment: ExecutionEnvironment): void {
    this.environments.delete(environment);
    this.loading.delete(environment);
    this.forgetIdle(environment);
  }

  private forgetIdle(environment: ExecutionEnvironment): void {
    const position = this.idle.indexOf(environment);
    if (position >= 0) this.idle.splice(position, 1);
  }

  /** An environment that could not be started costs one request; the next one tries again. */
  private failNext(fail: (waiting: Waiting) => void): void {
    const next = this.waiting.shift();
    if (!next) return;
    clearTimeout(next.timer);
    fail(next);
    this.grow(EAGER_ENVIRONMENTS);
  }
}
