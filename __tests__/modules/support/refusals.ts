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

/** A test that a row is refused: with code, problem, place and fix. */
export function expectRefusal({ code, problem, build }: Refusal): void {
  expect(build).toThrow(expect.objectContaining({ message: expect.stringContaining(`${code}: `) }));
  expect(build).toThrow(problem);
  expect(build).toThrow(/\n {2}at .+\n {2}fix: .+/);
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
