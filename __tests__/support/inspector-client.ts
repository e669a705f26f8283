import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { get, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";

type Message = { readonly id?: number; readonly method?: string; readonly params?: unknown; readonly result?: unknown };

/** A debugger's end of the inspector protocol, as far as tests need it. */
export class InspectorClient {
  private readonly events = new EventEmitter();
  private received = Buffer.alloc(0);
  private lastId = 0;

  private constructor(private readonly socket: Socket) {
    socket.on("data", (bytes) => this.receive(bytes));
  }

  /** @param address as in `127.0.0.1:9229` */
  static async attach(address: string): Promise<InspectorClient> {
    const [{ webSocketDebuggerUrl }] = JSON.parse(await textAt(`http://${address}/json/list`));
    const url = new URL(webSocketDebuggerUrl.replace("ws:", "http:"));
    const headers = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    };
    const sent = request(url, { headers }).end();
    const [, socket]: [IncomingMessage, Socket] = (await once(sent, "upgrade")) as [IncomingMessage, Socket];
    return new InspectorClient(socket);
  }

  async call<Result = unknown>(method: string, params: object = {}): Promise<Result> {
    this.lastId += 1;
    const id = this.lastId;
    const answer = once(this.events, `answer ${id}`);
    this.send(JSON.stringify({ id, method, params }));
    return (await answer)[0];
  }

  /** The next event of a kind that comes from now on. */
  async next<Params>(method: string): Promise<Params> {
    return (await once(this.events, method))[0];
  }

  on<Params>(method: string, listener: (params: Params) => void): void {
    this.events.on(method, listener);
  }

  async close(): Promise<void> {
    this.socket.destroy();
    await this.closed();
  }

  /** Resolves when the other end is gone. */
  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, "close");
  }

  /** One text frame, masked with zeros. */
  private send(text: string): void {
    const body = Buffer.from(text);
    const head = Buffer.from([0x81, 0x80 | 126, body.length >> 8, body.length & 0xff, 0, 0, 0, 0]);
    this.socket.write(Buffer.concat([head, body]));
  }

  private receive(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    for (let frame = this.takeFrame(); frame !== undefined; frame = this.takeFrame()) {
      const { id, method, params, result }: Message = JSON.parse(frame.toString());
      if (id !== undefined) this.events.emit(`answer ${id}`, result);
      else this.events.emit(method ?? "", params);
    }
  }

  private takeFrame(): Buffer | undefined {
    const short = (this.received[1] ?? 0) & 0x7f;
    const start = { 126: 4, 127: 10 }[short] ?? 2;
    if (this.received.length < start) return undefined;
    const length =
      short === 126 ? this.received.readUInt16BE(2) : short === 127 ? Number(this.received.readBigUInt64BE(2)) : short;
    if (this.received.length < start + length) return undefined;
    const frame = this.received.subarray(start, start + length);
    this.received = this.received.subarray(start + length);
    return frame;
  }
}

async function textAt(url: string): Promise<string> {
  const [response] = (await once(get(url), "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
