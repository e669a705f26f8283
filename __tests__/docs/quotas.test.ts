import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ERROR_CODES } from "../../definition/error-code";
import { defaultQuotas } from "../../definition/quotas";

const ROWS = 53;
const CHECKED = ["error", "warning", "error, warning"];
const UNCHECKED = ["type", "local gateway", "not knowable", "not offered"];

interface Row {
  readonly id: string;
  readonly checked: string;
  readonly by: string;
}

describe("docs/quotas.md", () => {
  const text = readFileSync(join(resolve(__dirname, "../.."), "docs/quotas.md"), "utf8");
  const rows: readonly Row[] = [...text.matchAll(/^\| (Q\d+) \| .+? \| (.+?) \| (.+) \|$/gm)].map(
    ([, id = "", checked = "", by = ""]) => ({ id, checked, by }),
  );

  it("has each constraint once", () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: ROWS }, (_, index) => `Q${index + 1}`));
  });

  it("says of each who checks it", () => {
    expect(rows.filter(({ checked }) => ![...CHECKED, ...UNCHECKED].includes(checked))).toEqual([]);
  });

  it("names codes that exist wherever something is checked, and quotas that can be raised", () => {
    const names = rows.map(({ id, checked, by }) => {
      const [codes = [], quotas = []] = [/`([A-Z][A-Z0-9_]+)`/g, /Quotas? ((?:`\w+`(?:, )?)+)/g].map((pattern) =>
        [...by.matchAll(pattern)].flatMap(([, found = ""]) => found.replaceAll("`", "").split(", ")),
      );
      return { id, checked, codes, quotas };
    });
    const known: readonly string[] = ERROR_CODES;
    const raised = names.flatMap(({ quotas }) => quotas);

    expect(names.filter(({ checked, codes }) => CHECKED.includes(checked) && codes.length === 0)).toEqual([]);
    expect(
      names.flatMap(({ codes }) => codes).filter((code) => !known.includes(code) && code !== "REQUEST_TOO_LARGE"),
    ).toEqual([]);
    expect([...new Set(raised)].sort()).toEqual(Object.keys(defaultQuotas("eu-west-1")).sort());
  });
});
