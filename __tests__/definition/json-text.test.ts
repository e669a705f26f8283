import * as fc from "fast-check";

import { parseJson } from "../../definition/json-text";

const place = { code: "STACK_FILE_NOT_JSON", place: "file.json", fix: "write JSON" } as const;

describe("parseJson", () => {
  it("parses whatever JSON.parse parses", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text, place)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ["", "line 1, column 1: the text ends there"],
    ['{"a": x}', 'line 1, column 7: found "x"'],
    ['{\n  "a": 1,\n}', 'line 3, column 1: found "}"'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: found "\\""'],
    ["[1, 2", "line 1, column 6: the text ends there"],
    ["[1, 2}", 'line 1, column 6: found "}"'],
    ['{"a" 1}', 'line 1, column 6: found "1"'],
    ["{1: 2}", 'line 1, column 2: found "1"'],
    ["[1] [2]", 'line 1, column 5: found "["'],
    ['"a\nb"', 'line 1, column 1: found "\\""'],
    ["[,1]", 'line 1, column 2: found ","'],
    ['{"a":: 1}', 'line 1, column 6: found ":"'],
    ["openapi: 3.0.1", 'line 1, column 1: found "o"'],
  ])("fails when the text is %j, and says where", (text, where) => {
    expect(() => parseJson(text, place)).toThrow(
      expect.objectContaining({
        code: "STACK_FILE_NOT_JSON",
        place: "file.json",
        problem: `no JSON at ${where}`,
        fix: "write JSON",
      }),
    );
  });
});
