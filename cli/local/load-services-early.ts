import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadServices, type ServicesProgram } from "../../local/services/services-program";
import type { ServiceGroup } from "../../local/services/services-protocol";
import { projectStacks } from "./synthesized-stacks";

/** Resource types that need a service. */
const NEEDS: Readonly<Record<ServiceGroup, string>> = {
  dynamodb: '"aws_dynamodb_table"',
  messaging: '"aws_sqs_queue"',
};

/**
 * Begins to load the services that the last synthesis of a project needs, beside all else that a start has to do. Whether
 * they are needed indeed, and for which stack, shows later.
 */
export function loadServicesEarly(projectRoot: string): ServicesProgram | undefined {
  const groups = servicesOfLastSynthesis(projectRoot);
  return groups.length === 0 ? undefined : loadServices(groups);
}

/** What any stack of the project needs; none where nothing can be read: the start itself says what is wrong. */
export function servicesOfLastSynthesis(projectRoot: string): readonly ServiceGroup[] {
  try {
    const stacks = projectStacks(projectRoot);
    const texts = stacks.map(({ folder }) => readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    return (["dynamodb", "messaging"] as const).filter((group) => texts.some((text) => text.includes(NEEDS[group])));
  } catch {
    return [];
  }
}
