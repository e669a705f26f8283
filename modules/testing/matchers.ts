import type { IModel } from "../rest-api/model";
import { toAccept } from "./model-matcher";
import { type ExpectedRoute, toHaveRoute } from "./to-have-route";

/** For `expect.extend(matchers)`, once in each test file or in a set-up file of jest (`setupFilesAfterEnv`). */
export const matchers = { toAccept, toHaveRoute };

declare global {
  namespace jest {
    // The parameters must be called as in @types/jest, or the two declarations do not merge.
    interface Matchers<R, T> {
      /** Asserts that a model lets a payload pass, as API Gateway would. `others` are models that it refers to. */
      toAccept(payload: unknown, others?: readonly IModel[]): R;
      /** Asserts that a synthesized stack serves a route, with what is named about it, on every stage. */
      toHaveRoute(route: string, expected?: ExpectedRoute): R;
    }
  }
}
