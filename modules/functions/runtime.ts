/**
 * Runtimes under the names of AWS CDK: all that the AWS provider 5.100 takes. Those that Lambda has retired are refused,
 * those without security updates are warned about.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export const Runtime = {
  NODEJS: "nodejs",
  NODEJS_4_3: "nodejs4.3",
  NODEJS_6_10: "nodejs6.10",
  NODEJS_8_10: "nodejs8.10",
  NODEJS_10_X: "nodejs10.x",
  NODEJS_12_X: "nodejs12.x",
  NODEJS_14_X: "nodejs14.x",
  NODEJS_16_X: "nodejs16.x",
  NODEJS_18_X: "nodejs18.x",
  NODEJS_20_X: "nodejs20.x",
  NODEJS_22_X: "nodejs22.x",
  PYTHON_2_7: "python2.7",
  PYTHON_3_6: "python3.6",
  PYTHON_3_7: "python3.7",
  PYTHON_3_8: "python3.8",
  PYTHON_3_9: "python3.9",
  PYTHON_3_10: "python3.10",
  PYTHON_3_11: "python3.11",
  PYTHON_3_12: "python3.12",
  PYTHON_3_13: "python3.13",
  JAVA_8: "java8",
  JAVA_8_CORRETTO: "java8.al2",
  JAVA_11: "java11",
  JAVA_17: "java17",
  JAVA_21: "java21",
  DOTNET_CORE_1: "dotnetcore1.0",
  DOTNET_CORE_2: "dotnetcore2.0",
  DOTNET_CORE_2_1: "dotnetcore2.1",
  DOTNET_CORE_3_1: "dotnetcore3.1",
  DOTNET_6: "dotnet6",
  DOTNET_8: "dotnet8",
  RUBY_2_5: "ruby2.5",
  RUBY_2_7: "ruby2.7",
  RUBY_3_2: "ruby3.2",
  RUBY_3_3: "ruby3.3",
  RUBY_3_4: "ruby3.4",
  GO_1_X: "go1.x",
  PROVIDED: "provided",
  PROVIDED_AL2: "provided.al2",
  PROVIDED_AL2023: "provided.al2023",
} as const;
/** One of the runtimes. */
export type Runtime = (typeof Runtime)[keyof typeof Runtime];

/** The runtimes for JavaScript. */
export type NodejsRuntime = Extract<Runtime, `nodejs${string}`>;

/** Lambda neither creates nor updates functions with these. */
const RETIRED: ReadonlySet<Runtime> = new Set([
  "nodejs",
  "nodejs4.3",
  "nodejs6.10",
  "nodejs8.10",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs14.x",
  "python2.7",
  "python3.6",
  "python3.7",
  "java8",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "ruby2.5",
  "ruby2.7",
  "go1.x",
  "provided",
]);

/**
 * Days of the last security updates, for runtimes that Lambda still takes. A table and not the calendar decides: the same
 * code is warned about on every day. As of November 2026; a day that has passed since belongs here.
 */
const DEPRECATED_SINCE: Partial<Record<Runtime, string>> = {
  "nodejs16.x": "2024-06-12",
  "nodejs18.x": "2025-09-01",
  "nodejs20.x": "2026-04-30",
  "python3.8": "2024-10-14",
  "python3.9": "2025-12-15",
  "python3.10": "2026-10-31",
  dotnet6: "2024-12-20",
  dotnet8: "2026-11-10",
  "ruby3.2": "2026-03-31",
  "provided.al2": "2026-07-31",
};

/** The newest runtime of the same language that the provider takes. */
export function successorOf(runtime: Runtime): Runtime {
  const language = languageOf(runtime);
  const family = language === "go" ? "provided" : language;
  return Object.values(Runtime).findLast((it) => languageOf(it) === family) ?? runtime;
}

/** True when Lambda refuses to create functions with a runtime. */
export function isRetired(runtime: Runtime): boolean {
  return RETIRED.has(runtime);
}

/** The day of the last security updates, as in 2026-04-30, when it has passed. */
export function deprecatedSince(runtime: Runtime): string | undefined {
  return DEPRECATED_SINCE[runtime];
}

/** True for a runtime that can run the JavaScript of a bundle: Node.js, or one that a layer or the zip brings along. */
export function runsBundles(runtime: Runtime): boolean {
  return runtime.startsWith("nodejs") || runtime.startsWith("provided");
}

/** Version of Node.js, as in 22. */
export function nodeMajor(runtime: Runtime): number | undefined {
  const [, major] = /^nodejs(\d+)/.exec(runtime) ?? [];
  return major === undefined ? undefined : Number(major);
}

function languageOf(runtime: Runtime): string {
  return /^[a-z]+/.exec(runtime)?.[0].replace("dotnetcore", "dotnet") ?? runtime;
}
