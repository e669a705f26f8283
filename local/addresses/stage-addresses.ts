import type { DeployedApiDefinition } from "../../definition/stack";

/** Where a stage is on localhost, as in `v1`, or `orders/v1` where several APIs have a stage of that name. */
export type StageAddress = (apiId: string, stageName: string) => string;

/**
 * The addresses of all stages that one gateway serves: the stage's name, which is the first segment of the path on AWS too.
 * Where several APIs have a stage of one name, the API comes first: by its name, or by its id where the name is not its
 * own, cannot stand in a URL as it is, or is that of a stage.
 */
export function stageAddresses(apis: readonly DeployedApiDefinition[]): StageAddress {
  const stageNames = apis.flatMap(({ stages }) => [...new Set(stages.map(({ name }) => name))]);
  const apiNames = apis.map(({ api }) => api.name);
  const labels = new Map(
    apis.map(({ id, api: { name } }) => {
      const isClear = /^[\w.~-]+$/.test(name) && count(apiNames, name) === 1 && !stageNames.includes(name);
      return [id, isClear ? name : id] as const;
    }),
  );
  return (apiId, stageName) =>
    count(stageNames, stageName) > 1 ? `${labels.get(apiId) ?? apiId}/${stageName}` : stageName;
}

function count(texts: readonly string[], text: string): number {
  return texts.filter((other) => other === text).length;
}
