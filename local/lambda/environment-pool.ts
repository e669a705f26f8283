import { availableParallelism } from "node:os";
import {
  type EnvironmentRequest,
  type EnvironmentResult,
  type EnvironmentSetup,
  ExecutionEnvironment,
} from "./execution-environment";
import { errorPayload, exited } from "./failures";

/**
 * AWS starts an environment for every request that finds none idle. On one machine that makes short requests slower, so
 * beyond one for each processor an environment starts only for a request that waited this long.
 */
const PATIENCE_MILLIS = 100;
const EAGER_ENVIRONMENTS = Math.max(2, availableParallelism());
/** Never more processes than this for one function; further requests wait. */
const MAX_ENVIRONMENTS = 64;

interface Waiting {
  readonly request: EnvironmentRequest;
  readonly resolve: (result: EnvironmentResult) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
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

  /** @param prepare what a new environment needs; asked anew each time, because the code on disk may have changed */
  constructor(private readonly prepare: () => Promise<EnvironmentSetup>) {}

  /** @throws what `prepare` throws */
  run(request: EnvironmentRequest): Promise<EnvironmentResult> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.grow(MAX_ENVIRONMENTS), PATIENCE_MILLIS);
      this.waiting.push({ request, resolve, reject, timer });
      this.dispatch();
      this.grow(EAGER_ENVIRONMENTS);
    });
  }

  /** Ends every process; requests in work and those that wait get an error. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.waiting.length > 0) {
      this.failNext(({ request, resolve }) => {
        resolve({ failed: true, payload: errorPayload(exited(request.requestId, null, "SIGTERM")) });
      });
    }
    await Promise.all([...this.environments].map((environment) => environment.stop()));
  }

  private dispatch(): void {
    while (this.waiting.length > 0) {
      const environment = this.idle.pop();
      const next = environment && this.waiting.shift();
      if (!environment || !next) return;
      clearTimeout(next.timer);
      environment.run(next.request).then(next.resolve, next.reject);
    }
  }

  /** Starts one more environment, if more requests wait than environments are on their way. */
  private grow(limit: number): void {
    if (this.closed || this.waiting.length <= this.preparing + this.loading.size) return;
    if (this.environments.size + this.preparing >= limit) return;
    this.preparing += 1;
    this.prepare().then(
      (setup) => {
        this.preparing -= 1;
        if (!this.closed) this.launch(setup);
      },
      (error) => {
        this.preparing -= 1;
        this.failNext((waiting) => waiting.reject(error));
      },
    );
  }

  private launch(setup: EnvironmentSetup): void {
    const environment = new ExecutionEnvironment(setup, {
      idle: () => {
        this.loading.delete(environment);
        this.idle.push(environment);
        this.dispatch();
      },
      ended: (loadFailure) => {
        this.forget(environment);
        if (loadFailure) {
          this.failNext(({ request, resolve }) => resolve({ failed: true, payload: loadFailure(request.requestId) }));
        }
        this.grow(EAGER_ENVIRONMENTS);
      },
    });
    this.environments.add(environment);
    this.loading.add(environment);
  }

  private forget(environment: ExecutionEnvironment): void {
    this.environments.delete(environment);
    this.loading.delete(environment);
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
