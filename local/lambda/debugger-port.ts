import { connect, createServer, type Server, type Socket } from "node:net";

/** Where Node.js and debuggers look first. */
const FIRST_DEBUGGER_PORT = 9229;
const LAST_DEBUGGER_PORT = FIRST_DEBUGGER_PORT + 999;
/** How often, and how many times, to look for the news of a process's end, once its connections have ended. */
const END_NOTICE_MILLIS = 50;
const END_NOTICES = 60;
const UPGRADE = /\r\nupgrade:\s*websocket\r\n/i;

/**
 * The port that debuggers of one function connect to. It stays the same while the function's processes come and go, and knows
 * whether somebody debugs, which Node.js itself does not tell.
 */
export class DebuggerPort {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  /** Connections that have asked for a session; the others only ask what there is. */
  private readonly sessions = new Set<Socket>();
  private target: number | undefined;
  private waiting: ((target: number) => void)[] = [];

  /** @param wake starts a process when there is none */
  constructor(private readonly wake: () => void) {
    this.server = createServer((socket) => this.accept(socket));
  }

  /** Listens on the first port that is free, on this machine only. */
  async listen(firstPort = FIRST_DEBUGGER_PORT): Promise<number> {
    for (let port = firstPort; port <= LAST_DEBUGGER_PORT; port += 1) {
      if (await this.listenOn(port)) return port;
    }
    throw new Error(`no port from ${firstPort} to ${LAST_DEBUGGER_PORT} is free for a debugger`);
  }

  readonly isAttached = (): boolean => this.sessions.size > 0;

  /** Names the port of the inspector of the process that runs now. */
  leadTo(target: number | undefined): void {
    this.target = target;
    if (target !== undefined) for (const go of this.waiting.splice(0)) go(target);
    else if (this.waiting.length > 0) this.wake();
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private listenOn(port: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException) => {
        if (error.code === "EADDRINUSE") resolve(false);
        else reject(error);
      };
      this.server.once("error", refuse);
      this.server.listen(port, "127.0.0.1", () => {
        this.server.off("error", refuse);
        resolve(true);
      });
    });
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.sockets.delete(socket);
      this.sessions.delete(socket);
    });
    socket.once("data", (head: Buffer) => {
      if (UPGRADE.test(head.toString("latin1"))) this.sessions.add(socket);
      socket.pause();
      void this.reach().then((port) => this.join(socket, head, port));
    });
  }

  /** A process that has just ended is still led to: the next one may answer. One that goes on has had its reasons. */
  private waitForNext(socket: Socket, head: Buffer, port: number, looks: number): void {
    if (this.target !== port) void this.reach().then((next) => this.join(socket, head, next));
    else if (looks === 0) socket.destroy();
    else setTimeout(() => this.waitForNext(socket, head, port, looks - 1), END_NOTICE_MILLIS).unref();
  }

  private reach(): Promise<number> {
    if (this.target !== undefined) return Promise.resolve(this.target);
    this.wake();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private join(socket: Socket, head: Buffer, port: number): void {
    if (socket.destroyed) return;
    const inspector = connect(port, "127.0.0.1");
    let hasAnswered = false;
    inspector.once("data", () => {
      hasAnswered = true;
    });
    inspector.on("error", () => inspector.destroy());
    inspector.on("close", () => {
      if (hasAnswered || socket.destroyed) socket.destroy();
      else this.waitForNext(socket, head, port, END_NOTICES);
    });
    socket.on("close", () => inspector.destroy());
    inspector.write(head);
    socket.pipe(inspector);
    inspector.pipe(socket);
  }
}

const LISTENING = /^Debugger listening on ws:\/\/[^/]*:(\d+)\//;
const OTHER_NEWS = /^(For help, see: https:\/\/nodejs\.org\/|Debugger (attached|ending)|Waiting for the debugger to)/;

/** Takes what Node.js prints about its inspector out of the output: that port is not the one to use. */
export function followDebugger(port: DebuggerPort, log: (line: string) => void): (line: string) => void {
  return (line) => {
    const [, target] = LISTENING.exec(line) ?? [];
    if (target !== undefined) port.leadTo(Number(target));
    else if (!OTHER_NEWS.test(line)) log(line);
  };
}
