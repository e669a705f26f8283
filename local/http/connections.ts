import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

const BAD_REQUEST = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** How long a client may keep its side of a connection open after it has sent no HTTP. */
const LINGER_MILLIS = 1_000;

/** The connections of a server. */
export interface Connections {
  /** Ends those over which no request is under way, also when a client has said nothing or half of a request. */
  endIdle(): void;
}

/**
 * Answers 400 to what is no HTTP and to CONNECT, and ends the connection. Requests that came before over the same
 * connection get their answers first: a client that pipelines tells answers apart by their order alone.
 */
export function followConnections(server: Server): Connections {
  const unanswered = new Map<Duplex, Map<ServerResponse, IncomingMessage>>();
  const remember = (request: IncomingMessage, response: ServerResponse) => {
    const ofSocket = unanswered.get(request.socket);
    ofSocket?.set(response, request);
    response.once("close", () => ofSocket?.delete(response));
  };
  const refuse = async (socket: Duplex) => {
    const readable = [...(unanswered.get(socket) ?? [])].filter(([, request]) => request.complete);
    await Promise.all(readable.map(([response]) => new Promise((resolve) => response.once("close", resolve))));
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(BAD_REQUEST);
    setTimeout(() => socket.destroy(), LINGER_MILLIS).unref();
  };
  server.on("connection", (socket: Duplex) => {
    unanswered.set(socket, new Map());
    // Behind CONNECT Node.js no longer listens for errors: a client that leaves would end the process.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => unanswered.delete(socket));
  });
  for (const event of ["request", "checkContinue", "checkExpectation"]) server.prependListener(event, remember);
  server.on("connect", (_request, socket) => void refuse(socket));
  server.on("clientError", (_error, socket) => void refuse(socket));
  return {
    endIdle: () => {
      for (const [socket, requests] of unanswered) if (requests.size === 0) socket.destroy();
    },
  };
}
