import { once } from "node:events";
import { connect } from "node:net";
import { awsClient } from "./client";
import { startTwin, type Twin } from "./twin";

describe("a caller that dies", () => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ motoUrl: "http://127.0.0.1:9" });
  });
  afterAll(() => twin.stop());

  it("in the middle of a request has called nothing, and others are answered", async () => {
    const { port } = new URL(twin.url);
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    socket.end("POST /restapis HTTP/1.1\r\nhost: twin\r\ncontent-length: 100\r\n\r\n{");
    await once(socket.resume(), "close");

    const { status } = await awsClient(twin.url).rest("apigateway", "GET", "/restapis");

    expect(status).toBe(200);
    expect(twin.calls.find().map(({ operation }) => operation)).toEqual(["GetRestApis"]);
    expect(twin.apis()).toEqual([]);
  });
});
