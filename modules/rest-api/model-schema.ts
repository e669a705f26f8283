import type { Json, JsonObject } from "../../definition/json";
import { isList, isObject, objectAt } from "../../definition/json-access";
import { MODEL_REFERENCE_PREFIX } from "../../definition/openapi/extensions";
import { COMPOSITIONS, type Obstacle, obstacleOf } from "./model-keywords";
import { rewriteSchema } from "./model-rewrites";

/** Something in a schema that has no form in a model. */
export interface ModelProblem extends Obstacle {
  /** Where: the name of the model, then the way through members, items (`[]`) and keywords. */
  readonly path: string;
}

/** A schema in the form of models. */
export interface ModelSchema {
  readonly schema: JsonObject;
  /** Schemas of the models that its definitions become, by name. */
  readonly definitions: Readonly<Record<string, JsonObject>>;
  readonly problems: readonly ModelProblem[];
}

/** Keyword by which a reader of other schemas marks what it cannot say in JSON Schema: `{ what, instead }`. */
export const NO_FORM = "headgate:no-form";

/** zod's names for schemas that refer to themselves and have no name. */
const UNNAMED = /^__schema(\d+)$/;

/** How other models of an API are referred to: by OpenAPI, and by API Gateway. The id may be a token. */
const OTHER_MODEL =
  /^(?:#\/components\/schemas\/|https:\/\/apigateway\.[\w.-]+\/restapis\/[^/]+\/models\/)([A-Za-z0-9]+)$/;

/**
 * A schema of JSON Schema or OpenAPI 3.0 in the part that both share, with all that has no form there.
 * Definitions become models of their own, named as they are.
 */
export function modelSchema(modelName: string, source: Json): ModelSchema {
  return new SchemaReader(modelName, source).read();
}

/** Where a schema stands. */
interface Place {
  readonly path: string;
  /** Inside of a composition API Gateway resolves no references: they are written in place. The models on the way there. */
  readonly inlined?: readonly string[];
  /** The model that the schema is part of. */
  readonly model: string;
}

class SchemaReader {
  private readonly problems: ModelProblem[] = [];
  /** What stands behind each reference within the source, and the model that it becomes. */
  private readonly targets = new Map<string, { readonly model: string; readonly source: Json }>();

  constructor(
    private readonly modelName: string,
    source: Json,
  ) {
    const { definitions, $defs, ...own } = objectAt(source);
    const named = { ...objectAt(definitions), ...objectAt($defs) };
    const root = isObject(source) ? this.rootOf(own, named) : { source };
    this.targets.set("#", { model: modelName, source: root.source });
    for (const [key, schema] of Object.entries(named)) {
      const model = key === root.definition ? modelName : this.nameOf(key);
      for (const place of ["definitions", "$defs"]) this.targets.set(`#/${place}/${key}`, { model, source: schema });
    }
  }

  read(): ModelSchema {
    const models = new Map([...this.targets.values()].map(({ model, source }) => [model, source] as const));
    const schemas = [...models].map(([model, source]) => {
      return [model, objectAt(this.rewrite(source, { path: model, model }))] as const;
    });
    const { [this.modelName]: schema = {}, ...definitions } = Object.fromEntries(schemas);
    return { schema, definitions, problems: this.problems };
  }

  /** A source that only refers to one of its definitions is that definition, under the name of the model. */
  private rootOf(own: JsonObject, named: JsonObject): { readonly source: Json; readonly definition?: string } {
    const rewritten = objectAt(rewriteSchema(own));
    const [, definition = ""] = /^#\/(?:definitions|\$defs)\/([^/]+)$/.exec(String(rewritten.$ref)) ?? [];
    const source = named[definition];
    return source === undefined ? { source: own } : { source, definition };
  }

  private nameOf(key: string): string {
    const [, index] = UNNAMED.exec(key) ?? [];
    if (index !== undefined) return `${this.modelName}Part${Number(index) + 1}`;
    const path = `${this.modelName}.definitions.${key}`;
    if (!/^[A-Za-z0-9]+$/.test(key)) {
      this.problems.push({ path, what: `the model name "${key}"`, instead: "use letters and digits" });
    }
    if (key === this.modelName) {
      this.problems.push({
        path,
        what: "a definition with the name of the model",
        instead: "give one of them another name",
      });
    }
    return key;
  }

  private rewrite(source: Json, place: Place): Json {
    const schema = rewriteSchema(source);
    if (!isObject(schema)) return this.refuse(place, { what: "a value that is no schema", instead: "write an object" });
    if (isObject(schema[NO_FORM])) return this.refuse(place, schema[NO_FORM] as unknown as Obstacle);
    if (typeof schema.$ref === "string") return this.resolve(schema.$ref, place);
    return Object.fromEntries(
      Object.entries(schema).flatMap(([keyword, value]) => {
        const obstacle = obstacleOf(keyword, value);
        if (obstacle === undefined) return [[keyword, this.rewriteMember(keyword, value, place)]];
        this.refuse(place, obstacle);
        return [];
      }),
    );
  }

  private rewriteMember(keyword: string, value: Json, place: Place): Json {
    const { path, model, inlined = [model] } = place;
    if (keyword === "properties") {
      const members = Object.entries(objectAt(value));
      return Object.fromEntries(
        members.map(([name, it]) => [name, this.rewrite(it, { ...place, path: `${path}.${name}` })]),
      );
    }
    if (isList(value) && COMPOSITIONS.includes(keyword)) {
      return value.map((it, index) => this.rewrite(it, { path: `${path}.${keyword}[${index}]`, model, inlined }));
    }
    if (keyword === "not") return this.rewrite(value, { path: `${path}.not`, model, inlined });
    if (keyword === "items") return this.rewrite(value, { ...place, path: `${path}[]` });
    if (keyword === "additionalProperties" && isObject(value)) {
      return this.rewrite(value, { ...place, path: `${path}.additionalProperties` });
    }
    return value;
  }

  private resolve(reference: string, place: Place): Json {
    const target = this.targets.get(reference);
    const model = target?.model ?? OTHER_MODEL.exec(reference)?.[1];
    if (model === undefined) {
      const instead =
        "refer to one of the schema's definitions, or to a model of the API as #/components/schemas/<name>";
      return this.refuse(place, { what: `a reference to ${reference}`, instead });
    }
    if (this.leadsToItself(reference)) {
      return this.refuse(place, { what: "a reference that leads to itself", instead: "say what the value is" });
    }
    if (place.inlined === undefined) return { $ref: MODEL_REFERENCE_PREFIX + model };
    if (target === undefined) {
      const instead = "write the schema of that model in place, or among the definitions of this one";
      return this.refuse(place, { what: `a reference to another model inside of allOf, anyOf, oneOf or not`, instead });
    }
    if (place.inlined.includes(model)) {
      const instead = "take it out of the union or nullable, as with optional() instead of nullable()";
      return this.refuse(place, {
        what: "a schema that contains itself inside of allOf, anyOf, oneOf or not",
        instead,
      });
    }
    return this.rewrite(target.source, { ...place, inlined: [...place.inlined, model] });
  }

  /** A definition that is a reference to a definition that is a reference to the first: nobody says what it is. */
  private leadsToItself(reference: string): boolean {
    const passed = new Set<string>();
    for (let at: Json | undefined = reference; typeof at === "string"; ) {
      if (passed.has(at)) return true;
      passed.add(at);
      at = objectAt(rewriteSchema(this.targets.get(at)?.source ?? {})).$ref;
    }
    return false;
  }

  private refuse({ path }: Place, { what, instead }: Obstacle): JsonObject {
    this.problems.push({ path, what, instead });
    return {};
  }
}
