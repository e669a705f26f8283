import { compileModels, modelViolation } from "../../definition/model-validators";
import type { ModelDefinition } from "../../definition/rest-api";
import type { IModel } from "../rest-api/model";

/**
 * The first thing that keeps a payload from following a model, as in `/items/0 must have required property 'sku'`; absent
 * when API Gateway would let it pass. The local gateway decides with the same code.
 *
 * ```ts
 * expect(modelViolationOf(Model.fromZod("CreateOrder", createOrderSchema), example)).toBeUndefined();
 * ```
 *
 * @param payload a value as JSON has it
 * @param others models of the API that the model refers to and does not bring with it
 */
export function modelViolationOf(model: IModel, payload: unknown, others: readonly IModel[] = []): string | undefined {
  const models = [...others, model].flatMap((it) => [...(it.definitions ?? []), it]).map(toEntry);
  const validate = compileModels(Object.fromEntries(models)).get(model.modelName);
  if (validate === undefined || validate instanceof Error) {
    throw new Error(`the model "${model.modelName}" cannot be compiled`, { cause: validate });
  }
  return modelViolation(validate, payload);
}

function toEntry({ modelName, contentType, schema = {} }: IModel): [name: string, model: ModelDefinition] {
  return [modelName, { contentType, schema }];
}

/** What jest's `expect.extend` takes. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matcher `toAccept`: a model lets a payload pass. */
export function toAccept(model: IModel, payload: unknown, others: readonly IModel[] = []): MatcherResult {
  const violation = modelViolationOf(model, payload, others);
  return {
    pass: violation === undefined,
    message: () =>
      violation === undefined
        ? `expected the model ${model.modelName} to refuse ${JSON.stringify(payload)}`
        : `expected the model ${model.modelName} to accept ${JSON.stringify(payload)}, but ${violation}`,
  };
}
