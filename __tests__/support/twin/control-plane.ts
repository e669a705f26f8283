import type { DomainNames } from "./domain-name";
import type { RestApis } from "./rest-api";
import type { UsagePlans } from "./usage-plan";

/** What the twin keeps itself. Ids come from moto and are unique across accounts. */
export interface ControlPlane {
  readonly apis: RestApis;
  readonly usagePlans: UsagePlans;
  readonly domainNames: DomainNames;
  /** Tags of API keys by id of the key: moto cannot change them. */
  readonly apiKeyTags: Map<string, Readonly<Record<string, string>>>;
}
