import { type ChildProcess, spawn } from "node:child_process";
import { Duplex, type Readable } from "node:stream";
import {
  errorPayload,
  exited,
  type Failure,
  MAX_RESULT_BYTES,
  outOfMemory,
  resultTooLarge,
  timedOut,
} from "./failures";
import { CHANNEL_FD, createFrameReader, encodeFrame, type RuntimeHeader } from "./frames";
import { OutputLines } from "./output-lines";
import { MEMORY_WATCH_MILLIS, residentMemoryBytes } from "./resident-memory";

/** Lambda's limit for loading the code. */
const INIT_TIMEOUT_MILLIS = 10_000;
/** Between SIGTERM and SIGKILL, as on AWS with a runtime that has an extension. */
const SHUTDOWN_MILLIS = 500;
/** Part of the memory that V8 may use for objects; the rest is for the process itself. */
const HEAP_SHARE = 0.9;
const BYTES_PER_MB = 1024 * 1024;

export interface EnvironmentSetup {
  /** JavaScript file that the process runs. */
  readonly program: string;
  readonly taskRoot: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly log: (line: string) => void;
}

/** What the owner is told. `ended` comes once; `failure` is set when the code could not be loaded. */
export interface EnvironmentEvents {
  idle(): void;
  ended(failure?: LoadFailure): void;
}

/** The document for the request that had to wait for the code. */
export type LoadFailure = (requestId: string) => Buffer;

export interface EnvironmentRequest {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  readonly payload: Buffer;
}

export interface EnvironmentResult {
  readonly failed: boolean;
  readonly payload: Buffer;
}

interface Running {
  readonly requestId: string;
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (result: EnvironmentResult) => void;
}

/**
 * One process that runs a function, one request at a time. Whatever goes wrong in it costs the request in work and no other.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  private phase: "loading" | "idle" | "busy" | "ended" = "loading";
  private readonly child: ChildProcess;
  private readonly channel: Duplex;
  private readonly output: OutputLines;
  private readonly initTimer: NodeJS.Timeout;
  private readonly memoryTimer: NodeJS.Timeout;
  private readonly gone: Promise<void>;
  private readonly createdAt = performance.now();
  private initMillis: number | undefined;
  private maxMemoryMb = 0;
  private running: Running | undefined;
  private loadFailure: LoadFailure | undefined;

  constructor(
    private readonly setup: EnvironmentSetup,
    private readonly events: EnvironmentEvents,
  ) {
    const heapMb = Math.max(1, Math.floor(setup.memorySizeMb * HEAP_SHARE));
    this.child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, setup.program], {
      cwd: setup.taskRoot,
      env: setup.variables,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches the gateway only, and what the function started ends with it.
      detached: true,
      windowsHide: true,
    });
    this.channel = duplexAt(this.child, CHANNEL_FD);
    this.output = new OutputLines(setup.log);
    if (this.child.stdout) this.output.follow(this.child.stdout);
    if (this.child.stderr) this.output.follow(this.child.stderr);

    this.channel.on(
      "data",
      createFrameReader<RuntimeHeader>((header, body) => this.receive(header, body)),
    );
    this.channel.on("error", () => this.kill());
    // The last words of a process can arrive after the news of its end.
    const closed = new Promise<void>((resolve) => this.channel.once("close", resolve));
    this.gone = new Promise((resolve) => {
      this.child.once("error", () => resolve(this.end(null, null)));
      this.child.once("exit", (status, signal) => void closed.then(() => resolve(this.end(status, signal))));
    });

    this.initTimer = setTimeout(
      () => this.failToLoad((id) => errorPayload(timedOut(id, INIT_TIMEOUT_MILLIS / 1000))),
      INIT_TIMEOUT_MILLIS,
    );
    this.memoryTimer = setInterval(() => void this.watchMemory(), MEMORY_WATCH_MILLIS);
    this.memoryTimer.unref();
  }

  /** Hands over a request; only while idle. */
  run(request: EnvironmentRequest): Promise<EnvironmentResult> {
    const { requestId, invokedFunctionArn, traceId, payload } = request;
    const timeoutMillis = this.setup.timeoutSeconds * 1000;
    this.phase = "busy";
    this.output.restart();
    this.setup.log(`START RequestId: ${requestId} Version: $LATEST`);
    this.channel.write(encodeFrame({ requestId, invokedFunctionArn, traceId, timeoutMillis }, payload));
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.abandon(timedOut(requestId, this.setup.timeoutSeconds)), timeoutMillis);
      this.running = { requestId, startedAt: performance.now(), timer, resolve };
    });
  }

  /** SIGTERM, then SIGKILL. Resolves when the process is gone. */
  async stop(): Promise<void> {
    const { pid } = this.child;
    if (this.phase !== "ended" && pid !== undefined) this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.kill(), SHUTDOWN_MILLIS);
    await this.gone;
    clearTimeout(timer);
  }

  private receive(header: RuntimeHeader, body: Buffer): void {
    if (header.kind === "init-error") {
      this.loadFailure = () => body;
    } else if (header.kind === "ready") {
      clearTimeout(this.initTimer);
      this.initMillis = performance.now() - this.createdAt;
      if (this.phase === "loading") this.becomeIdle();
    } else {
      this.maxMemoryMb = Math.max(this.maxMemoryMb, header.maxMemoryMb);
      const tooLarge = body.length > MAX_RESULT_BYTES;
      const payload = tooLarge ? errorPayload(resultTooLarge()) : body;
      this.finish({ failed: header.failed || tooLarge, payload });
    }
  }

  private finish(result: EnvironmentResult): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    clearTimeout(running.timer);
    running.resolve(result);
    const millis = performance.now() - running.startedAt;
    // What the handler printed before it answered is already in the pipe: it is read in this turn, END comes in the next.
    setImmediate(() => {
      this.report(running.requestId, millis);
      if (this.phase === "busy") this.becomeIdle();
    });
  }

  private becomeIdle(): void {
    this.phase = "idle";
    this.events.idle();
  }

  private report(requestId: string, millis: number): void {
    const init = this.initMillis === undefined ? "" : `\tInit Duration: ${this.initMillis.toFixed(2)} ms`;
    this.initMillis = undefined;
    this.setup.log(`END RequestId: ${requestId}`);
    this.setup.log(
      `REPORT RequestId: ${requestId}\tDuration: ${millis.toFixed(2)} ms\tBilled Duration: ${Math.ceil(millis)} ms` +
        `\tMemory Size: ${this.setup.memorySizeMb} MB\tMax Memory Used: ${this.maxMemoryMb} MB${init}`,
    );
  }

  private async watchMemory(): Promise<void> {
    if (this.phase === "idle" || this.phase === "ended" || this.child.pid === undefined) return;
    const usedMb = Math.ceil((await residentMemoryBytes(this.child.pid)) / BYTES_PER_MB);
    this.maxMemoryMb = Math.max(this.maxMemoryMb, Math.min(usedMb, this.setup.memorySizeMb));
    if (usedMb <= this.setup.memorySizeMb) return;
    if (this.running) this.abandon(outOfMemory(this.running.requestId));
    else this.failToLoad((requestId) => errorPayload(outOfMemory(requestId)));
  }

  /** Answers for a process that can no longer do so itself. */
  private abandon(failure: Failure): void {
    this.setup.log(failure.errorMessage);
    this.finish({ failed: true, payload: errorPayload(failure) });
    this.phase = "ended";
    this.kill();
  }

  private failToLoad(failure: LoadFailure): void {
    this.loadFailure = failure;
    this.kill();
  }

  private end(status: number | null, signal: NodeJS.Signals | null): void {
    const wasLoading = this.phase === "loading";
    clearTimeout(this.initTimer);
    clearInterval(this.memoryTimer);
    if (this.running) this.abandon(exited(this.running.requestId, status, signal));
    this.phase = "ended";
    const failure = this.loadFailure ?? ((requestId: string) => errorPayload(exited(requestId, status, signal)));
    this.events.ended(wasLoading ? failure : undefined);
  }

  private kill(): void {
    const { pid } = this.child;
    if (pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

function duplexAt(child: ChildProcess, fd: number): Duplex {
  const stream: Readable | NodeJS.WritableStream | null | undefined = child.stdio[fd];
  if (stream instanceof Duplex) return stream;
  throw new Error(`no socket at file descriptor ${fd}`);
}
