import type { Emission, EmissionName } from "./emission";
import { openapiEmission } from "./openapi-emission";
import { resourcesEmission } from "./resources-emission";

/** The implementation of each form. */
export const EMISSION_BY_NAME: Readonly<Record<EmissionName, Emission>> = {
  openapi: openapiEmission,
  resources: resourcesEmission,
};
