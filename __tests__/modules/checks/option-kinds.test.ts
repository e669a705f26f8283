import {
  Duration,
  HttpIntegration,
  LambdaIntegration,
  type MethodOptions,
  NodejsFunction,
  RestApi,
  type RestApiProps,
  type StageOptions,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";
import { synthMethod } from "../support/api";
import { api, backend, expectRefusal, findingsOf, type Refusal, route, stage } from "../support/refusals";
import { warningsOf } from "../support/warnings";

/** A value as code that no compiler has seen passes it. */
const untyped = <Type = never>(value: unknown) => value as Type;

const ofRoute = (options: object) => route(untyped<MethodOptions>(options));
const ofStage = (options: object) => stage(untyped<StageOptions>(options));
const ofApi = (props: object) => api(untyped<RestApiProps>(props));

describe("options of another kind than they take", () => {
  const kinds: readonly (Omit<Refusal, "code"> & { readonly title: string })[] = [
    {
      title: "a throttle is a number",
      problem:
        'throttle of "GET /a/{id}" must be { rateLimit, burstLimit } with two numbers, "account-limit" or "blocked", got 5',
      build: ofRoute({ throttle: 5 }),
    },
    { title: "a throttle is another word", problem: 'got "none"', build: ofRoute({ throttle: "none" }) },
    {
      title: "a throttle has one number",
      problem: "got an object with rateLimit",
      build: ofRoute({ throttle: { rateLimit: 5 } }),
    },
    {
      title: "a cache is true",
      problem: 'cache of "GET /a/{id}" must be an object with cacheDataEncrypted,',
      build: ofRoute({ cache: true }),
    },
    {
      title: "a TTL is no Duration",
      problem: 'ttl of cache of "GET /a/{id}" must be a Duration',
      build: ofRoute({ cache: { ttl: 60 } }),
    },
    {
      title: "a class stands for its instance",
      problem: "got the function or class Duration",
      build: ofRoute({ cache: { ttl: Duration } }),
    },
    {
      title: "an option is null",
      problem: 'apiKeyRequired of "GET /a/{id}" must be true or false, got null',
      build: ofRoute({ apiKeyRequired: null }),
    },
    {
      title: "a default of an API is of another kind",
      problem: "throttle of defaultMethodOptions must be",
      build: ofApi({ defaultMethodOptions: { throttle: 5 } }),
    },
    {
      title: "a throttle of a stage is a number",
      problem: 'throttle of stage "v1" must be',
      build: ofStage({ stageName: "v1", throttle: 5 }),
    },
    {
      title: "a throttle of a route on a stage is a number",
      problem: 'throttle of "//GET" on the stage must be',
      build: ofStage({ methodOptions: { "//GET": { throttle: 5 } } }),
    },
    {
      title: "an emission does not exist",
      problem: 'emission of API "Api" must be "openapi" or "resources", got "x"',
      build: ofApi({ emission: "x" }),
    },
    {
      title: "a timeout is a number",
      problem: 'timeout of the integration of "GET /" must be a Duration, as in Duration.seconds(20), got 20',
      build: backend(new HttpIntegration("https://example.com/", { options: { timeout: untyped(20) } })),
    },
    {
      title: "the timeout of a function's integration is a number",
      problem: 'timeout of the integration of "GET /" must be a Duration',
      build: () =>
        synthApi((stack) => {
          const handler = new NodejsFunction(stack, "Fn", { bundle: "b" });
          new RestApi(stack, "Api").route("GET /", new LambdaIntegration(handler, { timeout: untyped(20) }));
        }),
    },
    {
      title: "a LambdaIntegration gets no function",
      problem: "the handler must be a function, as in new NodejsFunction(…), or { arn }, got undefined",
      build: backend(new LambdaIntegration(untyped(undefined))),
    },
  ];

  it.each(kinds)("fails when $title", (row) => {
    expectRefusal({ ...row, code: "OPTION_KIND_WRONG" });
  });

  it("are left out, so that what follows from them is not reported as well", () => {
    expect(findingsOf(ofRoute({ throttle: 5, cache: true }))).toHaveLength(2);
  });

  it("may be undefined, or references", () => {
    const options = untyped<MethodOptions>({ throttle: undefined, cache: undefined });

    expect(() => synthMethod(undefined, options)).not.toThrow();
  });
});

describe("options that do not exist", () => {
  it.each<[title: string, problem: string, build: () => unknown]>([
    ["method", '"GET /a/{id}" has no option trottle; the nearest is throttle', ofRoute({ trottle: "blocked" })],
    [
      "cache",
      'cache of "GET /a/{id}" has no option ttlSecond; the nearest is ttlSeconds',
      ofRoute({ cache: { ttlSecond: 6 } }),
    ],
    ["stage", "the stage has no option stagename; the nearest is stageName", ofStage({ stagename: "v1" })],
    [
      "route on a stage",
      '"//GET" on the stage has no option cachettl',
      ofStage({ methodOptions: { "//GET": { cachettl: 1 } } }),
    ],
    ["API", 'API "Api" has no option restApiname; the nearest is restApiName', ofApi({ restApiname: "a" })],
  ])("fails when a %s is given one, with the nearest name", (_title, problem, build) => {
    expectRefusal({ code: "OPTION_UNKNOWN", problem, build });
  });
});

describe("a method", () => {
  it.each<[title: string, fix: string, pass: (handler: NodejsFunction) => unknown]>([
    ["a function", "wrap it: new LambdaIntegration(handler)", (handler) => handler],
    ["options", "options come third", () => ({ throttle: "blocked" })],
  ])("fails when it gets %s in the place of an integration", (_title, fix, pass) => {
    const build = () =>
      synthApi((stack) => {
        const handler = new NodejsFunction(stack, "Fn", { bundle: "b" });
        new RestApi(stack, "Api").route("GET /c", untyped(pass(handler)));
      });

    const problem = 'the integration of "GET /c" must be an integration';
    expectRefusal({ code: "INTEGRATION_EXPECTED", problem, build });
    expect(findingsOf(build).join()).toContain(fix);
  });
});

describe("a path in the form of other frameworks", () => {
  it("is warned of", () => {
    const warnings = warningsOf((stack) => new RestApi(stack, "Api").route("GET /orders/:id"));

    expect(warnings.join()).toMatch(
      /PATH_PART_LIKE_VARIABLE: ":id" below "\/orders" is no variable .*\n {2}at .*\n {2}fix: write \{id\} for :id/,
    );
  });

  it("is none where a colon stands inside of a segment", () => {
    expect(warningsOf((stack) => new RestApi(stack, "Api").route("POST /orders:batch"))).toEqual([]);
  });
});
