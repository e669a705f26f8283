import {
  HttpIntegration,
  type Integration,
  type MethodOptions,
  MockIntegration,
  type RestApiProps,
} from "../../../../modules";
import type { Build, Live } from "../change-row";

/** What an API of one route consists of. */
export interface OneRoute {
  /** @default - a MOCK integration */
  readonly integration?: Integration;
  /** @default - nothing */
  readonly method?: MethodOptions;
  /** @default - nothing */
  readonly api?: RestApiProps;
}

/** An API with `GET /orders` and what a row says of it. */
export function oneRoute({ integration = new MockIntegration(), method, api: props }: OneRoute = {}): Build {
  return ({ api }) => void api(props).route("GET /orders", integration, method);
}

/** An API with these routes, all in front of one backend. */
export function routes(...declared: readonly string[]): Build {
  return ({ api }) => {
    const own = api();
    for (const route of declared) own.route(route, new HttpIntegration("https://orders.example.com"));
  };
}

/** The only route of what is live. */
export function onlyMethod({ api }: Live) {
  return api.methods[0];
}
