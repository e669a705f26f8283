import { afterAnswer, type Code, js, start } from "./start-function";

const streaming = (body: string, parameters = "event, stream, context"): Code =>
  js(`exports.handler = awslambda.streamifyResponse(async (${parameters}) => { ${body} })`);

describe("streaming handlers", () => {
  const rows: [title: string, code: Code, expected: string][] = [
    ["parts", streaming("stream.write('[1'); stream.write(Buffer.from(',2]')); stream.end()"), "[1,2]"],
    ["a last part", streaming("stream.end('{}')"), "{}"],
    ["what is no text, as JSON", streaming("stream.write({ n: 1 }); stream.end()"), '{"n":1}'],
    ["nothing", streaming("stream.end()"), ""],
    [
      "a pipeline",
      {
        files: {
          "index.mjs": `import { pipeline } from "node:stream/promises"; import { Readable } from "node:stream";
            export const handler = awslambda.streamifyResponse((event, stream) => pipeline(Readable.from(["[", "1", "]"]), stream));`,
        },
      },
      "[1]",
    ],
    [
      "metadata before the first part",
      streaming(
        "const http = awslambda.HttpResponseStream.from(stream, { statusCode: 201 }); http.write('a'); http.write('b'); http.end()",
      ),
      `{"statusCode":201}${"\0".repeat(8)}ab`,
    ],
    [
      "no metadata without a part",
      streaming("awslambda.HttpResponseStream.from(stream, { statusCode: 201 }).end()"),
      "",
    ],
    ["parts that come late", streaming("setTimeout(() => stream.end('late'), 20)"), "late"],
    [
      "the context",
      streaming("stream.end(JSON.stringify([typeof context.done, context.functionName]))"),
      '["undefined","fn"]',
    ],
  ];

  it.each(rows)("send %s", async (_title, code, expected) => {
    const { invoke } = start(code);

    const { status, functionError, payload } = await invoke();

    expect({ status, functionError, text: payload.toString() }).toEqual({
      status: 200,
      functionError: undefined,
      text: expected,
    });
  });

  it("send parts as they come to whoever wants them so", async () => {
    const { invoke } = start(
      streaming(
        "for (const part of ['a', 'b']) { stream.write(part); await new Promise((r) => setTimeout(r, 30)) } stream.end()",
      ),
    );
    const chunks: string[] = [];

    const { payload } = await invoke({}, { onChunk: (bytes) => chunks.push(bytes.toString()) });

    expect(chunks).toEqual(["a", "b"]);
    expect(payload).toHaveLength(0);
  });

  it("are used again", async () => {
    const { invoke } = start(
      js(
        "let n = 0; exports.handler = awslambda.streamifyResponse(async (e, s) => s.end(String(n += 1)) && undefined)",
      ),
    );

    const texts = [(await invoke()).payload.toString(), (await invoke()).payload.toString()];

    expect(texts).toEqual(["1", "2"]);
  });

  const failures: [title: string, code: Code, expected: object][] = [
    ["throw", streaming("throw new TypeError('bad')"), { errorType: "TypeError", errorMessage: "bad" }],
    ["throw in the middle", streaming("stream.write('a'); throw new TypeError('bad')"), { errorType: "TypeError" }],
    [
      "are not asynchronous",
      js("exports.handler = awslambda.streamifyResponse((event, stream) => { stream.end() })"),
      { errorMessage: "Streaming does not support non-async handlers." },
    ],
    ["never end their stream", streaming("stream.write('a')"), { errorMessage: "Response stream is not finished." }],
    [
      "set the content type too late",
      streaming("stream.write('a'); stream.setContentType('text/plain')"),
      { errorType: "Runtime.InvalidStreamingOperation" },
    ],
  ];

  it.each(failures)("fail when they %s", async (_title, code, expected) => {
    const { invoke } = start(code);

    const { functionError, value } = await invoke();

    expect(functionError).toBe("Unhandled");
    expect(value).toMatchObject(expected);
  });

  it("warn when they return something", async () => {
    const { invoke, log } = start(streaming("stream.end(); return 1"));

    await invoke();
    await afterAnswer();

    expect(log.join("\n")).toContain("Streaming handlers ignore return values.");
  });
});
