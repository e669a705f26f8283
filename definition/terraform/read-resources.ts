import type { StackDefinition } from "../stack";
import { readApis } from "./read-apis";
import { readDomains } from "./read-domains";
import { readFirewalls } from "./read-firewalls";
import { readFunctions } from "./read-functions";
import { readQueues } from "./read-queues";
import { readTables } from "./read-tables";
import { readApiKeys, readUsagePlans } from "./read-usage-plans";
import type { TerraformScope } from "./scope";

/** Everything of a root that Headgate understands. @throws ConfigurationError those of the readers of its parts */
export function readResources(scope: TerraformScope, name: string): StackDefinition {
  const apis = readApis(scope);
  return {
    name,
    region: scope.region,
    apis,
    usagePlans: readUsagePlans(scope, apis),
    apiKeys: readApiKeys(scope),
    functions: readFunctions(scope),
    tables: readTables(scope),
    queues: readQueues(scope),
    domains: readDomains(scope),
    firewalls: readFirewalls(scope),
  };
}
