import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];

describe.each(PAGES)("%s", (page) => {
  it("links to files that exist", () => {
    const text = readFileSync(join(repository, page), "utf8");
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));

    expect(local.filter((link) => !existsSync(join(repository, dirname(page), link)))).toEqual([]);
  });
});

it("the README links to every page of docs/", () => {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const pages = PAGES.filter((page) => /^docs\/[^/]+$/.test(page));

  expect(pages.filter((page) => !readme.includes(`(${page})`))).toEqual([]);
});
