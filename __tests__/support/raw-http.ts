import { connect } from "node:net";

/** Everything that a server sends for these bytes until it closes the connection. */
export function exchangeBytes(port: number, bytes: string | readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
    for (const part of typeof bytes === "string" ? [bytes] : bytes) socket.write(part);
  });
}

/** Sends bytes and cuts the connection. */
export function leaveEarly(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("close", () => resolve());
    socket.write(bytes, () => socket.destroy());
  });
}
