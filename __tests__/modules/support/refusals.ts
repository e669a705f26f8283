import { Token } from "cdktf";
import {
  type CorsOptions,
  type Integration,
  type MethodOptions,
  NodejsFunction,
  type NodejsFunctionProps,
  RestApi,
  type RestApiProps,
  type StageOptions,
} from "../../../modules";
import { synthApi } from "../../../modules/testing";

/** Something that constructs refuse. */
export interface Refusal {
  readonly code: string;
  /** Part of the message: the condition with the value received. */
  readonly problem: string;
  readonly build: () => unknown;
}

/** A test that a row is refused: with code, problem, place and fix. Other findings may stand beside it. */
export function expectRefusal({ code, problem, build }: Refusal): void {
  const finding = findingsOf(build).find((text) => text.startsWith(`${code}: `));

  expect(finding).toContain(problem);
  expect(finding).toMatch(/\n {2}at .+\n {2}fix: .+/);
}

/** Everything that a synthesis refuses, one text for each finding. */
export function findingsOf(build: () => unknown): readonly string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof Error) return error.message.split(/\n(?=[A-Z][A-Z0-9_]+: )/);
    throw error;
  }
  throw new Error("nothing was refused");
}

export const api = (props: RestApiProps, extend: (api: RestApi) => unknown = (it) => it.root.addMethod("GET")) => {
  return () => synthApi((stack) => extend(new RestApi(stack, "Api", props)));
};
export const route = (options: MethodOptions, verb = "GET") =>
  api({}, (it) => it.root.resourceForPath("a/{id}").addMethod(verb, undefined, options));
export const backend = (integration: Integration) => api({}, (it) => it.root.addMethod("GET", integration));
export const stage = (deployOptions: StageOptions) => api({ deployOptions });
export const cors = (options: CorsOptions) => api({ defaultCorsPreflightOptions: options });
export const lambda = (props: Partial<NodejsFunctionProps>) => () =>
  synthApi((stack) => new NodejsFunction(stack, "Fn", { bundle: "b", ...props }));
export const token = Token.asString({ resolve: () => "later" });
