import * as fc from "fast-check";
import { z } from "zod";
import type { ModelDefinition } from "../../definition/rest-api";
import type { Gateway } from "../../local/pipeline";
import { type IModel, Model } from "../../modules";
import { gatewayFor, method, mock, send } from "../support/gateway";

/** A schema, and values that it may accept or not. */
interface Kind {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
}

/** A gateway whose only route takes bodies that follow the model. */
function guard(model: IModel): Gateway {
  const models = [...(model.definitions ?? []), model].map(({ modelName, contentType, schema = {} }) => {
    return [modelName, { contentType, schema }] satisfies [string, ModelDefinition];
  });
  return gatewayFor({
    models: Object.fromEntries(models),
    requestValidators: { body: { validateRequestBody: true, validateRequestParameters: false } },
    methods: [
      method({
        httpMethod: "POST",
        requestValidator: "body",
        requestModels: { "application/json": model.modelName },
        integration: mock("ok"),
      }),
    ],
  });
}

async function accepts(gateway: Gateway, value: unknown): Promise<boolean> {
  const { status } = await send(gateway, { method: "POST", body: JSON.stringify(value) });
  if (status !== 200 && status !== 400) throw new Error(`expected 200 or 400, got ${status}`);
  return status === 200;
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", " "), maxLength: 5 });
const bound = fc.integer({ min: -3, max: 3 });
const amount = fc.oneof(
  fc.integer({ min: -6, max: 6 }),
  fc.integer({ min: -60, max: 60 }).map((tenths) => tenths / 10),
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(null, true, false),
    word,
    amount,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "kind"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

const leaf: fc.Arbitrary<Kind> = fc.oneof(
  fc.tuple(bound, bound).map(([least, more]) => ({
    schema: z
      .string()
      .min(Math.max(0, least))
      .max(Math.max(0, least) + Math.abs(more)),
    values: word,
  })),
  fc.constant({ schema: z.string().regex(/^[ab]+$/), values: word }),
  fc.constant({ schema: z.enum(["a", "b", "ab"]), values: word }),
  fc
    .constantFrom("a", 1, true, null)
    .map((value) => ({ schema: z.literal(value), values: fc.constantFrom(value, "a") })),
  bound.map((least) => ({ schema: z.int().gt(least), values: amount })),
  bound.map((most) => ({ schema: z.int().lt(most).gte(-4), values: amount })),
  bound.map((least) => ({
    schema: z
      .number()
      .min(least)
      .max(least + 2),
    values: amount,
  })),
  fc.constantFrom(0.1, 0.3, 2).map((divisor) => ({ schema: z.number().multipleOf(divisor), values: amount })),
  fc.constant({ schema: z.boolean(), values: fc.boolean() }),
  fc.constant({ schema: z.null(), values: fc.constant(null) }),
);

/** Schemas of all kinds that have a form in a model. */
const kind: fc.Arbitrary<Kind> = fc.letrec<{ kind: Kind }>((tie) => ({
  kind: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie("kind").map(({ schema, values }) => ({
      schema: schema.nullable(),
      values: fc.oneof(values, fc.constant(null)),
    })),
    fc.tuple(tie("kind"), fc.nat(2)).map(([{ schema, values }, least]) => ({
      schema: z.array(schema).min(least).max(3),
      values: fc.array(values, { maxLength: 4 }),
    })),
    fc.tuple(tie("kind"), tie("kind"), fc.boolean()).map(([a, b, isStrict]) => {
      const members = { a: a.schema, b: b.schema.optional() };
      const values = fc.record({ a: a.values, b: b.values, c: anything }, { requiredKeys: [] });
      return { schema: isStrict ? z.strictObject(members) : z.object(members), values };
    }),
    tie("kind").map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(fc.constantFrom("a", "b"), values),
    })),
    tie("kind").map(({ schema, values }) => ({
      schema: z.record(z.enum(["a", "b"]), schema),
      values: fc.record({ a: values, b: values, c: values }, { requiredKeys: ["a"] }),
    })),
    fc.tuple(tie("kind"), tie("kind")).map(([a, b]) => ({
      schema: z.union([a.schema, b.schema]),
      values: fc.oneof(a.values, b.values),
    })),
    fc.tuple(tie("kind"), tie("kind")).map(([a, b]) => ({
      schema: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), it: a.schema }),
        z.strictObject({ kind: z.literal("b"), it: b.schema.optional() }),
      ]),
      values: fc.record(
        { kind: fc.constantFrom("a", "b", "c"), it: fc.oneof(a.values, b.values), c: anything },
        { requiredKeys: ["kind"] },
      ),
    })),
  ),
})).kind;

describe("models from zod in the gateway", () => {
  it("let exactly those bodies pass that the schema accepts", async () => {
    const seen = { accepted: 0, refused: 0 };
    const examples = kind.chain(({ schema, values }) =>
      fc.array(fc.oneof({ weight: 4, arbitrary: values }, anything), { minLength: 8, maxLength: 8 }).map((bodies) => ({
        schema,
        bodies,
      })),
    );

    await fc.assert(
      fc.asyncProperty(examples, async ({ schema, bodies }) => {
        const model = Model.fromZod("Body", schema);
        const gateway = guard(model);
        for (const body of bodies) {
          const isValid = schema.safeParse(body).success;
          seen[isValid ? "accepted" : "refused"]++;
          if ((await accepts(gateway, body)) !== isValid) {
            throw new Error(`zod says ${isValid} of ${JSON.stringify(body)}, with ${JSON.stringify(model)}`);
          }
        }
      }),
      { numRuns: 100 },
    );

    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(100);
  });

  const line = z.strictObject({ sku: z.string().min(1), discount: z.number().nullable() }).meta({ id: "ZodLine" });
  const order = z.strictObject({ first: line, more: z.array(line).optional(), gift: line.nullable() });
  const tree = z.strictObject({
    size: z.int().positive(),
    get children() {
      return z.array(tree).optional();
    },
  });
  const small = { sku: "a", discount: null };

  it.each<[string, z.ZodType, unknown, boolean]>([
    ["a named model", order, { first: small, gift: null }, true],
    ["a named model in a list", order, { first: small, more: [small, { sku: "", discount: 1 }], gift: null }, false],
    ["a named model that may be null", order, { first: small, gift: { sku: "a" } }, false],
    ["a model in itself", tree, { size: 1, children: [{ size: 2, children: [] }] }, true],
    [
      "a model in itself that is wrong deep down",
      tree,
      { size: 1, children: [{ size: 2, children: [{ size: 0 }] }] },
      false,
    ],
    ["a part in itself", z.object({ tree }), { tree: { size: 1, children: [{ size: 1 }] } }, true],
    ["a part in itself that is wrong", z.object({ tree }), { tree: { size: 1, children: [{ size: 0.5 }] } }, false],
    ["an amount in cents", z.object({ price: z.number().multipleOf(0.01) }), { price: 1234567.89 }, true],
    ["half a cent", z.object({ price: z.number().multipleOf(0.01) }), { price: 0.005 }, false],
    ["a time to the nanosecond", z.object({ at: z.iso.datetime() }), { at: "2026-01-01T10:00:00.123456789Z" }, true],
    ["a default", z.object({ size: z.int().default(1) }), {}, true],
    ["a member that must be absent", z.object({ no: z.never().optional() }), { no: 1 }, false],
  ])("decide about %s as the schema does", async (_, schema, body, expected) => {
    expect(schema.safeParse(body).success).toBe(expected);
    expect(await accepts(guard(Model.fromZod("Body", schema)), body)).toBe(expected);
  });
});
