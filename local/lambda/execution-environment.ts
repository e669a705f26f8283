import { type ChildProcess, spawn } from "node:child_process";
import { startTimer } from "../suspendable-timer";
import { type DebuggerPort, followDebugger } from "./debugger-port";
import {
  errorPayload,
  exited,
  type Failure,
  MAX_RESULT_BYTES,
  outOfMemory,
  resultTooLarge,
  timedOut,
} from "./failures";
import { AHEAD_MILLIS } from "./frames";
import { OutputLines } from "./output-lines";
import { MEMORY_WATCH_MILLIS, residentMemoryBytes } from "./resident-memory";
import type { RuntimeEvents, RuntimeLink } from "./runtime-link";
import type { SystemLog } from "./system-log";

/** Between SIGTERM and SIGKILL, as on AWS with a runtime that has an extension. */
const SHUTDOWN_MILLIS = 500;
const BYTES_PER_MB = 1024 * 1024;

export interface EnvironmentSetup {
  /** Program that is started, and its arguments. */
  readonly command: string;
  readonly args: readonly string[];
  /** True for a command line that a shell reads. */
  readonly isShell: boolean;
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly link: RuntimeLink;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  /** How long loading the code may take. */
  readonly initTimeoutSeconds: number;
  readonly systemLog: SystemLog;
  readonly log: (line: string) => void;
  /** Set when the process runs with the inspector. */
  readonly debugger?: DebuggerPort;
}

/** What the owner is told. `ended` comes once; `failure` is set when the code could not be loaded. */
export interface EnvironmentEvents {
  idle(): void;
  /** It takes no more requests. */
  leaving(): void;
  ended(failure?: LoadFailure): void;
}

/** The document for the request that had to wait for the code. */
export type LoadFailure = (requestId: string) => Buffer;

export interface EnvironmentRequest {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  readonly payload: Buffer;
  /** Takes a streamed result as it comes. @default - it is collected, and is the result */
  readonly onChunk?: (bytes: Buffer) => void;
}

export interface EnvironmentResult {
  readonly failed: boolean;
  readonly payload: Buffer;
  /** How long the request was in work. */
  readonly millis: number;
}

interface Running {
  readonly request: EnvironmentRequest;
  readonly startedAt: number;
  readonly stopTimer: () => void;
  readonly resolve: Resolve;
  readonly chunks: Buffer[];
}

type Resolve = (result: EnvironmentResult | undefined) => void;

/** A request that the process has, and has not begun as far as we know. */
interface Ahead {
  readonly request: EnvironmentRequest;
  readonly sentAt: number;
  readonly resolve: Resolve;
}

/** By now a process that has not begun a request never will, and would have said so if it had. */
const GIVE_UP_AHEAD_MILLIS = 3 * AHEAD_MILLIS;

/**
 * One process that runs a function, one request at a time. Whatever goes wrong in it costs the request in work and no other.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment implements RuntimeEvents {
  private static readonly living = new Set<ExecutionEnvironment>();

  static {
    // A gateway that ends at once, as at the second Ctrl-C, must not leave a handler behind that loops without end.
    process.once("exit", () => {
      for (const environment of ExecutionEnvironment.living) environment.signal("SIGKILL");
    });
  }

  private phase: "loading" | "idle" | "busy" | "ended" = "loading";
  private readonly child: ChildProcess;
  private readonly output: OutputLines;
  private readonly stopInitTimer: () => void;
  private readonly memoryTimer: NodeJS.Timeout;
  private readonly gone: Promise<void>;
  private readonly createdAt = performance.now();
  private initMillis: number | undefined;
  private maxMemoryMb = 0;
  private running: Running | undefined;
  private ahead: Ahead[] = [];
  private aheadTimer: NodeJS.Timeout | undefined;
  private loadFailure: LoadFailure | undefined;

  constructor(
    private readonly setup: EnvironmentSetup,
    private readonly events: EnvironmentEvents,
  ) {
    const { command, args, isShell: shell, cwd, link } = setup;
    this.child = spawn(command, args, {
      cwd,
      shell,
      env: { ...setup.variables, ...link.variables },
      stdio: ["ignore", "pipe", "pipe", ...(link.hasChannel ? ["pipe" as const] : [])],
      // A group of its own: Ctrl-C reaches the gateway only, and what the function started ends with it.
      detached: true,
      windowsHide: true,
    });
    ExecutionEnvironment.living.add(this);
    const log = setup.debugger ? followDebugger(setup.debugger, setup.log) : setup.log;
    this.output = new OutputLines(log);
    if (this.child.stdout) this.output.follow(this.child.stdout);
    if (this.child.stderr) this.output.follow(this.child.stderr);
    link.attach(this.child, this);
    this.gone = new Promise((resolve) => {
      this.child.once("error", () => resolve(this.end(null, null)));
      this.child.once("exit", (status, signal) => {
        this.killGroup();
        void link.drained().then(() => resolve(this.end(status, signal)));
      });
    });

    const { initTimeoutSeconds } = setup;
    this.stopInitTimer = this.startTimer(initTimeoutSeconds * 1000, () =>
      this.failToLoad((id) => errorPayload(timedOut(id, initTimeoutSeconds))),
    );
    this.memoryTimer = setInterval(() => void this.watchMemory(), MEMORY_WATCH_MILLIS);
    this.memoryTimer.unref();
  }

  /**
   * Hands over a request; only while idle.
   *
   * @returns undefined when the process ended before it began: another one can take the request
   */
  run(request: EnvironmentRequest): Promise<EnvironmentResult | undefined> {
    this.phase = "busy";
    this.setup.link.send(request, this.setup.timeoutSeconds * 1000);
    return new Promise((resolve) => this.begin(request, resolve));
  }

  /** How many requests it has besides the one in work; none can be sent ahead where there is no number. */
  get requestsAhead(): number | undefined {
    const { link, debugger: inspector } = this.setup;
    return this.running && link.takesRequestsAhead && !inspector ? this.ahead.length : undefined;
  }

  /**
   * Hands over a request for the time when the one in work is done, so that the process need not wait for it.
   *
   * @returns undefined when the process has not begun it soon: another one can take the request
   */
  runAhead(request: EnvironmentRequest): Promise<EnvironmentResult | undefined> {
    const sentAt = Date.now();
    this.setup.link.send(request, this.setup.timeoutSeconds * 1000, sentAt);
    this.aheadTimer ??= this.startAheadTimer();
    return new Promise((resolve) => this.ahead.push({ request, sentAt, resolve }));
  }

  /** SIGTERM, then SIGKILL. Resolves when the process is gone. */
  async stop(): Promise<void> {
    if (this.phase !== "ended") this.signal("SIGTERM");
    const timer = setTimeout(() => this.signal("SIGKILL"), SHUTDOWN_MILLIS);
    await this.gone;
    clearTimeout(timer);
  }

  ready(): void {
    if (this.phase === "loading") {
      this.stopInitTimer();
      this.initMillis = performance.now() - this.createdAt;
      this.becomeIdle();
    } else if (this.phase === "busy") {
      // After the lines that end the last request.
      setImmediate(() => this.phase === "busy" && !this.running && this.becomeIdle());
    }
  }

  failedToLoad(document: Buffer): void {
    this.loadFailure = () => document;
    this.expectEnd();
  }

  returned(requestId: string): void {
    const { running } = this;
    if (running?.request.requestId === requestId) {
      this.running = undefined;
      running.stopTimer();
      running.resolve(undefined);
      this.beginNext();
      this.ready();
    } else {
      this.giveBack(({ request }) => request.requestId === requestId);
    }
  }

  leaving(): void {
    const { running } = this;
    this.running = undefined;
    this.phase = "ended";
    this.events.leaving();
    running?.stopTimer();
    running?.resolve(undefined);
    this.expectEnd();
  }

  expectEnd(): void {
    this.giveBack(() => true);
    setTimeout(() => this.signal("SIGKILL"), SHUTDOWN_MILLIS).unref();
  }

  chunk(bytes: Buffer): void {
    if (this.running?.request.onChunk) this.running.request.onChunk(bytes);
    else this.running?.chunks.push(bytes);
  }

  result(requestId: string, failed: boolean, payload: Buffer, maxMemoryMb: number): void {
    if (this.running?.request.requestId !== requestId) return;
    this.maxMemoryMb = Math.max(this.maxMemoryMb, maxMemoryMb);
    const { chunks } = this.running;
    const whole = failed || chunks.length === 0 ? payload : Buffer.concat([...chunks, payload]);
    if (whole.length > MAX_RESULT_BYTES) this.finish(true, errorPayload(resultTooLarge()));
    else this.finish(failed, whole);
  }

  broken(): void {
    this.signal("SIGKILL");
  }

  private begin(request: EnvironmentRequest, resolve: Resolve): void {
    const { requestId } = request;
    const { timeoutSeconds, systemLog } = this.setup;
    const stopTimer = this.startTimer(timeoutSeconds * 1000, () => this.abandon(timedOut(requestId, timeoutSeconds)));
    this.running = { request, startedAt: performance.now(), stopTimer, resolve, chunks: [] };
    this.output.restart();
    // After the lines that end the last request.
    setImmediate(() => this.write(systemLog.start(requestId)));
  }

  private beginNext(): void {
    const next = this.ahead.shift();
    if (next) this.begin(next.request, next.resolve);
  }

  private giveBack(isGiven: (ahead: Ahead) => boolean): void {
    const given = this.ahead.filter(isGiven);
    if (given.length === 0) return;
    this.ahead = this.ahead.filter((ahead) => !given.includes(ahead));
    for (const { resolve } of given) resolve(undefined);
  }

  private startAheadTimer(): NodeJS.Timeout {
    return setTimeout(() => {
      // What the process has said by now is read first.
      setImmediate(() => {
        const limit = Date.now() - GIVE_UP_AHEAD_MILLIS;
        this.giveBack(({ sentAt }) => sentAt < limit);
        this.aheadTimer = this.ahead.length > 0 ? this.startAheadTimer() : undefined;
      });
    }, AHEAD_MILLIS);
  }

  private finish(failed: boolean, payload: Buffer): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.stopTimer();
    const millis = performance.now() - running.startedAt;
    running.resolve({ failed, payload, millis });
    const report = {
      requestId: running.request.requestId,
      succeeded: !failed,
      millis,
      ...(this.initMillis !== undefined && { initMillis: this.initMillis }),
      memorySizeMb: this.setup.memorySizeMb,
    };
    this.initMillis = undefined;
    // What the handler printed before it answered is already in the pipe: it is read in this turn, END comes in the next.
    setImmediate(() => this.write(this.setup.systemLog.end({ ...report, maxMemoryMb: this.maxMemoryMb })));
    this.beginNext();
  }

  private becomeIdle(): void {
    this.phase = "idle";
    this.events.idle();
  }

  private write(lines: readonly string[]): void {
    for (const line of lines) this.setup.log(line);
  }

  private startTimer(millis: number, onTime: () => void): () => void {
    return startTimer(millis, onTime, this.setup.debugger?.isAttached);
  }

  private async watchMemory(): Promise<void> {
    if (this.phase === "idle" || this.phase === "ended" || this.child.pid === undefined) return;
    const { memorySizeMb, debugger: inspector } = this.setup;
    const usedMb = Math.ceil((await residentMemoryBytes(this.child.pid)) / BYTES_PER_MB);
    this.maxMemoryMb = Math.max(this.maxMemoryMb, Math.min(usedMb, memorySizeMb));
    // What a debugger keeps is not the function's.
    if (usedMb <= memorySizeMb || inspector?.isAttached()) return;
    if (this.running) this.abandon(outOfMemory(this.running.request.requestId));
    else if (this.phase === "loading") this.failToLoad((requestId) => errorPayload(outOfMemory(requestId)));
  }

  /** Answers for a process that can no longer do so itself. */
  private abandon(failure: Failure): void {
    this.setup.log(failure.errorMessage);
    this.giveBack(() => true);
    this.finish(true, errorPayload(failure));
    this.phase = "ended";
    this.signal("SIGKILL");
  }

  private failToLoad(failure: LoadFailure): void {
    this.loadFailure = failure;
    this.signal("SIGKILL");
  }

  private end(status: number | null, signal: NodeJS.Signals | null): void {
    const wasLoading = this.phase === "loading";
    ExecutionEnvironment.living.delete(this);
    this.stopInitTimer();
    clearInterval(this.memoryTimer);
    this.giveBack(() => true);
    if (this.running) this.abandon(exited(this.running.request.requestId, status, signal));
    this.phase = "ended";
    this.setup.link.close();
    const failure = this.loadFailure ?? ((requestId: string) => errorPayload(exited(requestId, status, signal)));
    this.events.ended(wasLoading ? failure : undefined);
    // Now that there is room for the next process.
    this.setup.debugger?.leadTo(undefined);
  }

  /** To the process and all that it has started. */
  private signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) kill(isWindows ? pid : -pid, signal);
  }

  /** What a process leaves behind ends with it, as on AWS: it could hold a connection of the link for ever. */
  private killGroup(): void {
    const { pid } = this.child;
    if (pid !== undefined && !isWindows) kill(-pid, "SIGKILL");
  }
}

const isWindows = process.platform === "win32";

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
