import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ERROR_CODES } from "../../../definition/error-code";

const repository = resolve(__dirname, "../../..");

function textsIn(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("every-code.test.ts"))
    .map((file) => readFileSync(join(repository, folder, file), "utf8"));
}

/** Of all that a message says, the fix is what is missed last: `expectRefusal` demands it, or the test names it itself. */
const ASKS_FOR_FIX = /expectRefusal|\bfix: |\bfix\\b/;

/** A code without a refusal that shows it is a promise that nobody has seen kept. */
it("shows each code that a construct refuses or warns with in a test that asks for the fix, too", () => {
  const modules = textsIn("modules").join("\n");
  const tests = textsIn("__tests__")
    .filter((text) => /fails when|warn/.test(text) && ASKS_FOR_FIX.test(text))
    .join("\n");
  const used = ERROR_CODES.filter((code) => modules.includes(`"${code}"`));
  const unseen = used.filter((code) => !new RegExp(`\\b${code}\\b`).test(tests));

  expect(used.length).toBeGreaterThan(100);
  expect(unseen).toEqual([]);
});
