import type { Json, JsonObject } from "../../json";
import { isList, isObject, listAt, objectAt, textAt } from "../../json-access";
import type { Instance } from "../instance";
import type { KnownArgument, KnownValues } from "../scope-settings";

/** What is known of one instance of a resource or data source. */
interface KnownBlock {
  readonly values: JsonObject;
  /** `true` where a value, or a part of it, has none before apply. */
  readonly unknown: JsonObject;
}

/** An address that ends in the name of a module call. */
const MODULE_CALL = /(?:^|\.)module\.[\w-]+$/;

/** The values of a plan or a state, by address. */
export class PlanValues implements KnownValues {
  private readonly blocks = new Map<string, KnownBlock>();
  private readonly keys = new Map<string, Instance[]>();

  /** @param document what `terraform show -json` prints */
  constructor(document: JsonObject) {
    const isState = document.values !== undefined;
    const unknown = new Map(
      listAt(document.resource_changes)
        .map(objectAt)
        .map((change) => [textAt(change.address) ?? "", objectAt(objectAt(change.change).after_unknown)]),
    );
    const planned = objectAt(objectAt(isState ? document.values : document.planned_values).root_module);
    const before = objectAt(objectAt(objectAt(document.prior_state).values).root_module);
    this.addModule(planned, "", unknown, true);
    this.addModule(before, "", new Map(), false);
  }

  instances(address: string): readonly Instance[] | undefined {
    const found = this.keys.get(address);
    if (found !== undefined) return found;
    // Data sources that are read during apply, and modules without resources, are in no plan.
    return MODULE_CALL.test(address) || /(?:^|\.)data\.[\w-]+\.[\w-]+$/.test(address) ? undefined : [];
  }

  argument(address: string, name: string): KnownArgument | undefined {
    const block = this.blocks.get(address);
    if (block === undefined) return undefined;
    // The value of a key is a secret; keys have values of their own on localhost.
    if (name === "value" && /(?:^|\.)aws_api_gateway_api_key\.[^.]+$/.test(address)) return { isComplete: true };
    const value = Object.hasOwn(block.values, name) ? block.values[name] : undefined;
    // Empty texts are how the provider keeps what is not set. Without any identity source is something else than with the usual one.
    const isSet = value !== undefined && (value !== "" || name === "identity_source");
    return { ...(isSet && { value }), isComplete: !hasTrue(block.unknown[name]) };
  }

  /** Keys of all instances of a block, whatever the instance of the module around it. */
  keysOf(addressWithoutKeys: string): readonly (string | number)[] {
    const instances = [...this.keys].filter(([address]) => withoutKeys(address) === addressWithoutKeys);
    return [...new Set(instances.flatMap(([, found]) => found.flatMap(({ key }) => key ?? [])))];
  }

  /** A text of any value that looks like an ARN with a region. */
  get region(): string | undefined {
    for (const { values } of this.blocks.values()) {
      const [, region] =
        /"arn:aws[\w-]*:[\w-]+:([a-z]{2}(?:-[a-z]+)+-\d):/.exec(JSON.stringify(values.arn ?? null)) ?? [];
      if (region !== undefined) return region;
    }
    return undefined;
  }

  /** @param isWhole false for the state before a plan, of which only data sources count: resources may be gone */
  private addModule(
    module: JsonObject,
    path: string,
    unknown: ReadonlyMap<string, JsonObject>,
    isWhole: boolean,
  ): void {
    for (const resource of listAt(module.resources).map(objectAt)) {
      const isData = resource.mode === "data";
      const address = textAt(resource.address) ?? "";
      if ((!isWhole && !isData) || this.blocks.has(address)) continue;
      const base = `${path}${isData ? "data." : ""}${textAt(resource.type)}.${textAt(resource.name)}`;
      this.blocks.set(address, { values: objectAt(resource.values), unknown: unknown.get(address) ?? {} });
      this.addKey(base, resource.index);
    }
    for (const child of listAt(module.child_modules).map(objectAt)) {
      const address = textAt(child.address) ?? "";
      const [, base = "", key] = /^(.*module\.[\w-]+)(?:\[(.*)\])?$/.exec(address) ?? [];
      const isNew = !this.keys.get(base)?.some((instance) => JSON.stringify(instance.key) === key);
      if (isNew) this.addKey(base, key === undefined ? undefined : JSON.parse(key));
      this.addModule(child, `${address}.`, unknown, isWhole);
    }
  }

  private addKey(base: string, index: Json | undefined): void {
    const instance = typeof index === "string" || typeof index === "number" ? { key: index } : {};
    this.keys.set(base, [...(this.keys.get(base) ?? []), instance]);
  }
}

/** `module.a["x"].aws_sqs_queue.q[0]` is `module.a.aws_sqs_queue.q`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}

function hasTrue(value: Json | undefined): boolean {
  if (isList(value)) return value.some(hasTrue);
  return isObject(value) ? Object.values(value).some(hasTrue) : value === true;
}
