import { type ChildProcess, spawn } from "node:child_process";
import { startTimer } from "../suspendable-timer";
import { type DebuggerPort, followDebugger } from "./debugger-port";
import type { EnvironmentRequest, EnvironmentResult, ResolveRequest } from "./environment-request";
import {
  errorPayload,
  exited,
  type Failure,
  MAX_RESULT_BYTES,
  outOfMemory,
  resultTooLarge,
  timedOut,
} from "./failures";
import { OutputLines } from "./output-lines";
import { followGroup, signalGroup } from "./process-group";
import { RequestsAhead } from "./requests-ahead";
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

interface Running {
  readonly request: EnvironmentRequest;
  readonly startedAt: number;
  /** Set when it was sent ahead. */
  readonly sentAt: number | undefined;
  readonly stopTimer: () => void;
  readonly resolve: ResolveRequest;
  readonly chunks: Buffer[];
}

/**
 * One process that runs a function, one request at a time. Whatever goes wrong in it costs the request in work and no other.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment implements RuntimeEvents {
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
  private readonly ahead = new RequestsAhead();
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
      stdio: ["ignore", "pipe", "pipe", ...(link.hasChannel ? (["pipe", "pipe"] as const) : [])],
      // A group of its own: Ctrl-C reaches the gateway only, and what the function started ends with it.
      detached: true,
      windowsHide: true,
    });
    followGroup(this.child);
    const log = setup.debugger ? followDebugger(setup.debugger, setup.log) : setup.log;
    this.output = new OutputLines(log);
    if (this.child.stdout) this.output.follow(this.child.stdout);
    if (this.child.stderr) this.output.follow(this.child.stderr);
    link.attach(this.child, this);
    this.gone = new Promise((resolve) => {
      this.child.once("error", () => resolve(this.end(null, null)));
      this.child.once("exit", (status, signal) => void link.drained().then(() => resolve(this.end(status, signal))));
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
    return this.running && link.hasChannel && !inspector ? this.ahead.count : undefined;
  }

  /**
   * Hands over a request for the time when the one in work is done, so that the process need not wait for it.
   *
   * @returns undefined when the process has not begun it soon: another one can take the request
   */
  runAhead(request: EnvironmentRequest): Promise<EnvironmentResult | undefined> {
    const sentAt = Date.now();
    this.setup.link.send(request, this.setup.timeoutSeconds * 1000, sentAt);
    return this.ahead.add(request, sentAt);
  }

  /** SIGTERM, then SIGKILL. Resolves when the process is gone. */
  async stop(): Promise<void> {
    if (this.phase !== "ended") signalGroup(this.child, "SIGTERM");
    const timer = setTimeout(() => signalGroup(this.child, "SIGKILL"), SHUTDOWN_MILLIS);
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

  returned(requestId: string, sentAheadAt: number): void {
    const { running } = this;
    if (running?.request.requestId === requestId && running.sentAt === sentAheadAt) {
      this.running = undefined;
      running.stopTimer();
      running.resolve(undefined);
      this.beginNext();
      this.ready();
    } else {
      this.ahead.giveBack(({ request, sentAt }) => request.requestId === requestId && sentAt === sentAheadAt);
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
    this.ahead.giveBack();
    setTimeout(() => signalGroup(this.child, "SIGKILL"), SHUTDOWN_MILLIS).unref();
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
    signalGroup(this.child, "SIGKILL");
  }

  private begin(request: EnvironmentRequest, resolve: ResolveRequest, sentAt?: number): void {
    const { requestId } = request;
    const { timeoutSeconds, systemLog } = this.setup;
    const stopTimer = this.startTimer(timeoutSeconds * 1000, () => this.abandon(timedOut(requestId, timeoutSeconds)));
    this.running = { request, startedAt: performance.now(), sentAt, stopTimer, resolve, chunks: [] };
    this.output.restart();
    // After the lines that end the last request.
    setImmediate(() => this.write(systemLog.start(requestId)));
  }

  private beginNext(): void {
    const next = this.ahead.shift();
    if (next) this.begin(next.request, next.resolve, next.sentAt);
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
    this.ahead.giveBack();
    this.finish(true, errorPayload(failure));
    this.phase = "ended";
    signalGroup(this.child, "SIGKILL");
  }

  private failToLoad(failure: LoadFailure): void {
    this.loadFailure = failure;
    signalGroup(this.child, "SIGKILL");
  }

  private end(status: number | null, signal: NodeJS.Signals | null): void {
    const wasLoading = this.phase === "loading";
    this.stopInitTimer();
    clearInterval(this.memoryTimer);
    this.ahead.giveBack();
    if (this.running) this.abandon(exited(this.running.request.requestId, status, signal));
    this.phase = "ended";
    this.setup.link.close();
    const failure = this.loadFailure ?? ((requestId: string) => errorPayload(exited(requestId, status, signal)));
    this.events.ended(wasLoading ? failure : undefined);
    // Now that there is room for the next process.
    this.setup.debugger?.leadTo(undefined);
  }
}
