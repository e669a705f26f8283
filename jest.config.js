/**
 * Four projects: `unit` needs nothing, `e2e` starts processes, `contract` asks the reference API on localhost or at
 * `BASE_URL`, `terraform` needs Terraform, its AWS provider and moto.
 */

/** Minutes of real applies about rare failures. `npm run test:deploy` runs them, and the whole tables of others. */
const EXHAUSTIVE = [
  ...["faults/forgotten-code", "faults/mutating-calls", "faults/refused-calls"],
  ...["probe-imports", "recover", "removed-stage"],
].map((name) => `<rootDir>/__tests__/terraform/${name}.test.ts`);

const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  // Examples import the package by its name.
  moduleNameMapper: {
    "^headgate$": "<rootDir>/modules/index.ts",
    "^headgate/testing$": "<rootDir>/modules/testing/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/", "<rootDir>/.headgate/"],
};

module.exports = {
  // A busy machine is no failure.
  testTimeout: 20_000,
  testSequencer: "<rootDir>/__tests__/support/longest-first.cjs",
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: [
        "/node_modules/",
        ...["e2e", "contract", "terraform"].map((folder) => `<rootDir>/__tests__/${folder}/`),
      ],
    },
    { ...shared, displayName: "e2e", testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"] },
    { ...shared, displayName: "contract", testMatch: ["<rootDir>/__tests__/contract/**/*.test.ts"] },
    {
      ...shared,
      displayName: "terraform",
      testMatch: ["<rootDir>/__tests__/terraform/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", ...(process.env.DEPLOY_TESTS === undefined ? EXHAUSTIVE : [])],
    },
  ],
};
