import type { Json, JsonObject } from "../json";
import { objectAt, textAt } from "../json-access";
import { partitionOf } from "../partition";
import { markUnknown, type Unknown, unknownsIn } from "../unknown";
import { blocksOf, firstBlock } from "./blocks";
import { InvalidExpression } from "./builtins/terraform-function";
import { COMPUTED_ATTRIBUTES, type ComputedFacts, LOCAL_ACCOUNT_ID } from "./computed-attributes";
import { dynamicNames } from "./dynamic-blocks";
import { evaluateBody } from "./evaluate-body";
import { fillIn } from "./fill-in";
import {
  collected,
  countedInstances,
  eachInstances,
  type Instance,
  instanceSuffix,
  instanceValue,
  type Multiplier,
  SINGLE,
  withValues,
} from "./instance";
import { blockValue, memberOf } from "./member-access";
import { Memory } from "./memory";
import { dangling } from "./reference-errors";
import { NO_FILES, pathOf, type ScopeSettings } from "./scope-settings";
import type { TemplatePlace } from "./template-evaluator";
import { formatTraversal, type Traversal } from "./traversal";

/** Region of a provider block that names none. */
export const DEFAULT_REGION = "us-east-1";

/** One thing that a block of the Terraform root stands for. */
export interface TerraformBlock {
  /** As in `aws_sqs_queue.events`, `data.aws_region.current` or `module.shop.aws_sqs_queue.events["eu"]`. */
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
  readonly instance: Instance;
  /** The module that declares it. */
  readonly scope: TerraformScope;
}

type BlockKind = "data" | "resource";

/** What an expression can see besides the module. */
interface Surroundings {
  readonly owner: string;
  readonly instance: Instance;
  /** Iterators of dynamic blocks. */
  readonly iterators: JsonObject;
}

/** Evaluates the expressions of one Terraform module and of those that it calls; remembers what it evaluated. */
export class TerraformScope {
  readonly region: string;
  /** 12 digits. */
  readonly account: string;

  private readonly memory = new Memory();
  private readonly children = new Map<string, readonly ChildModule[] | undefined>();

  /** @param root content of `cdk.tf.json`, or what a module consists of in the same form */
  constructor(
    private readonly root: JsonObject,
    private readonly settings: ScopeSettings,
  ) {
    this.region = settings.region ?? DEFAULT_REGION;
    this.account = settings.account ?? LOCAL_ACCOUNT_ID;
    if (settings.modulePath !== undefined) return;
    const provider = blocksOf(objectAt(root.provider).aws).find(({ alias }) => alias === undefined);
    const region = textAt(this.evaluate(provider?.region ?? this.region, "provider.aws"));
    if (region !== undefined && unknownsIn(region).length === 0) this.region = region;
  }

  /** Resources of one type, those of called modules included. */
  resources(type: string): readonly TerraformBlock[] {
    const names = Object.keys(objectAt(objectAt(this.root.resource)[type]));
    const own = names.flatMap((name) => this.blocks("resource", type, name) ?? []);
    const calls = Object.keys(objectAt(this.root.module));
    return [
      ...own,
      ...calls.flatMap((name) => this.calledModules(name) ?? []).flatMap(({ scope }) => scope.resources(type)),
    ];
  }

  /** An argument of a block, evaluated; absent where it is not set or null. */
  argument(block: TerraformBlock, name: string): Json | undefined {
    if (block.scope !== this) return block.scope.argument(block, name);
    const known = this.settings.known?.argument(block.address, name);
    if (known?.isComplete) return known.value ?? undefined;
    const raw = Object.hasOwn(block.body, name) ? block.body[name] : undefined;
    const isDynamic = dynamicNames(block.body).includes(name);
    const isSet = (raw !== undefined && raw !== null) || isDynamic;
    if (!isSet) return known?.value ?? undefined;
    const body = isDynamic ? { [name]: raw ?? [], dynamic: block.body.dynamic ?? [] } : { [name]: raw ?? null };
    const value = this.memory.once(`${block.address}.${name}`, () => this.body(body, block)[name] ?? null);
    return (known === undefined ? value : fillIn(known.value ?? null, value)) ?? undefined;
  }

  /** An attribute of a block: what it is set to, else what it computes on localhost, else an unknown. */
  attribute(block: TerraformBlock, name: string): Json {
    if (block.scope !== this) return block.scope.attribute(block, name);
    const set = this.argument(block, name);
    if (set !== undefined) return set;
    if (block.type === "terraform_remote_state" && name === "outputs") return this.remoteOutputs(block);
    const row = COMPUTED_ATTRIBUTES[block.type];
    const compute = row !== undefined && Object.hasOwn(row, name) ? row[name] : undefined;
    return compute?.(this.factsOf(block)) ?? markUnknown({ address: block.address, attribute: name });
  }

  /** An output, evaluated; absent if there is none. */
  output(name: string): Json | undefined {
    const outputs = objectAt(this.root.output);
    if (!Object.hasOwn(outputs, name)) return undefined;
    const address = `${this.prefix}output.${name}`;
    return this.memory.once(address, () => this.evaluate(firstBlock(outputs[name]).value ?? null, address));
  }

  /**
   * Any value with its templates evaluated.
   *
   * @param owner address that messages and unknowns name
   * @throws ConfigurationError `TEMPLATE_BROKEN`, `REFERENCE_DANGLING`, `REFERENCE_CYCLE`
   */
  evaluate(value: Json, owner: string, instance: Instance = SINGLE): Json {
    return this.settings.evaluator.evaluate(value, this.placeOf({ owner, instance, iterators: {} }));
  }

  private body(value: JsonObject, { address: owner, instance }: TerraformBlock): JsonObject {
    return objectAt(
      evaluateBody(value, {
        evaluate: (template, iterators) =>
          this.settings.evaluator.evaluate(template, this.placeOf({ owner, instance, iterators })),
        leaveOut: (name) => this.leaveOut({ address: owner, attribute: `dynamic.${name}` }),
      }),
    );
  }

  private placeOf(surroundings: Surroundings): TemplatePlace {
    const { files = NO_FILES } = this.settings;
    return { owner: surroundings.owner, files, resolve: (steps) => this.resolve(steps, surroundings) };
  }

  private resolve(steps: Traversal, surroundings: Surroundings): Json | undefined {
    const { owner, instance, iterators } = surroundings;
    const [head = "", second, ...rest] = steps;
    const address = formatTraversal(steps.slice(0, 2));
    if (Object.hasOwn(iterators, head)) return steps.slice(1).reduce(memberOf, iterators[head]);
    if (head === "each" || head === "count") return rest.reduce(memberOf, instanceValue(instance, address));
    if (head === "local") return rest.reduce(memberOf, this.local(String(second), owner));
    if (head === "var") return rest.reduce(memberOf, this.variable(String(second)));
    if (head === "path") return pathOf(this.settings, String(second));
    if (head === "terraform" && second === "workspace") return "default";
    if (head === "data") return this.resolveBlock("data", rest.length > 0 ? steps.slice(1) : steps, owner);
    if (head === "module") return rest.reduce(memberOf, this.moduleValue(String(second), rest));
    if (typeof head === "string" && second !== undefined && !NOT_RESOURCES.has(head)) {
      return this.resolveBlock("resource", steps, owner);
    }
    return markUnknown({ address, attribute: formatTraversal(rest.map(String)) });
  }

  private resolveBlock(kind: BlockKind, [type, name, ...path]: Traversal, owner: string): Json | undefined {
    const address = `${kind === "data" ? "data." : ""}${type}.${name}`;
    if (objectAt(objectAt(this.root[kind])[String(type)])[String(name)] === undefined) throw dangling(address, owner);
    const blocks = this.blocks(kind, String(type), String(name));
    if (blocks === undefined) return markUnknown({ address: this.prefix + address, attribute: formatTraversal(path) });
    const isKeyed = this.multiplier(kind, String(type), String(name));
    return path.reduce<Json | undefined>(
      memberOf,
      collected(isKeyed, blocks, (block) => blockValue((attribute) => this.attribute(block, attribute))),
    );
  }

  /** What a block stands for; absent if nobody knows how many there are. */
  private blocks(kind: BlockKind, type: string, name: string): readonly TerraformBlock[] | undefined {
    const body = firstBlock(objectAt(objectAt(this.root[kind])[type])[name]);
    const address = `${this.prefix}${kind === "data" ? "data." : ""}${type}.${name}`;
    const instances = this.instances(address, body);
    return instances?.map((instance) => ({
      address: `${address}${instanceSuffix(instance)}`,
      type,
      body,
      instance,
      scope: this,
    }));
  }

  private instances(address: string, body: JsonObject): readonly Instance[] | undefined {
    const declared = () => this.declaredInstances(address, body);
    const known = this.settings.known?.instances(address);
    if (known !== undefined) return withValues(known, declared);
    const instances = declared();
    if (instances === undefined) {
      this.leaveOut({ address, attribute: body.count === undefined ? "for_each" : "count" });
    }
    return instances;
  }

  private declaredInstances(address: string, body: JsonObject): readonly Instance[] | undefined {
    const evaluated = (name: "count" | "for_each") =>
      this.memory.once(`${address}.${name}`, () => this.evaluate(body[name] ?? null, address));
    if (body.count !== undefined) return countedInstances(evaluated("count"));
    return body.for_each === undefined ? [SINGLE] : eachInstances(evaluated("for_each"));
  }

  private multiplier(kind: BlockKind | "module", type: string, name: string): Multiplier {
    const blocks = objectAt(this.root[kind]);
    const body = firstBlock(kind === "module" ? blocks[name] : objectAt(blocks[type])[name]);
    return body.count !== undefined ? "count" : body.for_each !== undefined ? "for_each" : undefined;
  }

  private local(name: string, owner: string): Json {
    const locals = Object.assign({}, ...blocksOf(this.root.locals)) as JsonObject;
    if (!Object.hasOwn(locals, name)) throw dangling(`local.${name}`, owner);
    return this.memory.once(`local.${name}`, () => this.evaluate(locals[name] ?? null, `${this.prefix}local.${name}`));
  }

  private variable(name: string): Json {
    return this.memory.once(`var.${name}`, () => {
      const { default: value } = firstBlock(objectAt(this.root.variable)[name]);
      const given = this.settings.variable?.(name);
      return given ?? value ?? markUnknown({ address: `${this.prefix}var.${name}`, attribute: "default" });
    });
  }

  private moduleValue(name: string, path: Traversal): Json | undefined {
    const children = this.calledModules(name);
    const address = `${this.prefix}module.${name}`;
    if (children === undefined) return markUnknown({ address, attribute: formatTraversal(path) });
    const outputsOf = ({ scope }: ChildModule) =>
      blockValue((output) => {
        const value = scope.output(output);
        if (value === undefined) throw new InvalidExpression(`${address} has no output ${output}`);
        return value;
      });
    return collected(this.multiplier("module", "", name), children, outputsOf);
  }

  /** Scopes of a called module, one for each instance; absent if it cannot be read. */
  private calledModules(name: string): readonly ChildModule[] | undefined {
    if (!this.children.has(name)) this.children.set(name, this.callModule(name));
    return this.children.get(name);
  }

  private callModule(name: string): readonly ChildModule[] | undefined {
    const address = `${this.prefix}module.${name}`;
    const body = firstBlock(objectAt(this.root.module)[name]);
    const callPath = [...(this.settings.callPath ?? []), name];
    const source = this.settings.modules?.(callPath, textAt(body.source));
    if (source === undefined) {
      this.leaveOut({ address, attribute: "source" });
      return undefined;
    }
    return this.instances(address, body)?.map((instance) => {
      const modulePath = `${address}${instanceSuffix(instance)}`;
      const variable = (input: string) =>
        Object.hasOwn(body, input) ? this.evaluate(body[input] ?? null, modulePath, instance) : undefined;
      const { root, folder } = source;
      const settings = { ...this.settings, region: this.region, modulePath, callPath, folder, variable };
      return { instance, scope: new TerraformScope(root, settings) };
    });
  }

  private remoteOutputs(block: TerraformBlock): Json {
    const outputs = this.settings.remoteState?.(block.body);
    if (outputs === undefined) return markUnknown({ address: block.address, attribute: "outputs" });
    return blockValue((name) => outputs(name) ?? markUnknown({ address: block.address, attribute: `outputs.${name}` }));
  }

  private get prefix(): string {
    return this.settings.modulePath === undefined ? "" : `${this.settings.modulePath}.`;
  }

  /** Tells the user that something has no part in what is served. */
  leaveOut(part: Unknown): void {
    this.settings.unread.set(`${part.address}.${part.attribute}`, part);
  }

  private factsOf(block: TerraformBlock): ComputedFacts {
    const { name: partition, dnsSuffix } = partitionOf(this.region);
    return {
      account: this.account,
      region: this.region,
      partition,
      dnsSuffix,
      seed: `${this.settings.name}/${block.address}`,
      argument: (name) => textAt(this.argument(block, name)),
      value: (name) => this.argument(block, name),
    };
  }
}

/** One instance of a called module. */
interface ChildModule {
  readonly instance: Instance;
  readonly scope: TerraformScope;
}

/** Heads of references that are no resource types and have no value before apply. */
const NOT_RESOURCES: ReadonlySet<string> = new Set(["self", "ephemeral", "terraform"]);
