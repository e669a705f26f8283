import type { JsonObject } from "../../definition/json";
import { objectAt, textAt } from "../../definition/json-access";
import { OWNER_TAG } from "../../definition/owner-tag";
import { partitionOf } from "../../definition/partition";
import { present } from "../../definition/present";
import { areRetained } from "../../definition/retained-snapshot";
import { blocksOf, firstBlock } from "../../definition/terraform/blocks";
import { COMPUTED_ATTRIBUTES } from "../../definition/terraform/computed-attributes";
import { readScope, type TerraformRoot } from "../../definition/terraform/read-roots";
import { parseAddress } from "../../definition/terraform/resource-address";
import type { TerraformBlock, TerraformScope } from "../../definition/terraform/scope";
import type { KnownValues } from "../../definition/terraform/scope-settings";
import { markUnknown, unknownsIn } from "../../definition/unknown";
import { readProvider } from "../aws/declared-provider";
import type { TerraformState } from "../terraform/terraform-state";
import { LOOKUPS } from "./lookups";
import { type ImportFacts, LOST_SNAPSHOT, RECOVERY_RULES, type RecoveryRule } from "./recovery-rules";

/** A resource that is in the configuration and not in the state. */
export interface MissingResource {
  readonly address: string;
  readonly type: string;
  /** Provider that the block names, as in `aws.virginia`. */
  readonly provider?: string;
  readonly rule: RecoveryRule;
  /** Import id; absent where it is not known, or needs a lookup. */
  readonly importId?: string;
  /** What a lookup compares, with the id of the API as `rest_api_id`; absent where a part is not known. */
  readonly criteria?: Readonly<Record<string, string>>;
  /** Value of the owner tag that it is declared with. */
  readonly owner?: string;
  /** False where something that it is a part of is not there. */
  readonly isPossible: boolean;
}

/** A resource whose place in the state holds another object than the configuration names. */
export interface ReplacedResource {
  readonly address: string;
  readonly type: string;
  readonly provider?: string;
  /** Of the object that is declared. */
  readonly importId: string;
  /** Of the object that the state holds. */
  readonly formerId: string;
}

/** What a stack declares beyond its state. */
export interface MissingResources {
  readonly missing: readonly MissingResource[];
  /** What apply replaces by an object of another name. */
  readonly replaced: readonly ReplacedResource[];
  /** Type and id of all that the state holds, as in `aws_api_gateway_rest_api a1b2c3`. */
  readonly taken: ReadonlySet<string>;
}

/** What is known of the account so far. */
export interface AccountFacts {
  /** 12 digits. */
  readonly account: string;
  /** Attributes of resources that were found, by address. */
  readonly found: ReadonlyMap<string, JsonObject>;
}

const UNKNOWN_TYPE: RecoveryRule = { by: "none", reason: "objects of this type are not looked for" };

/** Compares a configuration with a state, as far as values are known by now. @throws ConfigurationError those of reading a stack */
export function readMissing(
  root: TerraformRoot,
  state: TerraformState,
  facts: AccountFacts,
): Promise<MissingResources> {
  const former = new Map(blocksOf(root.content.moved).map(({ from, to }) => [textAt(to), textAt(from) ?? ""]));
  const inState = (address: string) => {
    const before = former.get(address);
    return state.has(address) ? address : before !== undefined && state.has(before) ? before : undefined;
  };
  const known = knownValues(root.content, state, inState, facts);
  return readScope({ ...root, account: facts.account, known }, (scope) => {
    const types = new Set([...Object.keys(objectAt(root.content.resource)), ...Object.keys(RECOVERY_RULES)]);
    const blocks = [...types].filter((type) => type.startsWith("aws_")).flatMap((type) => scope.resources(type));
    const inPlace = blocks.filter(({ address }) => inState(address) !== undefined);
    const { defaultTags } = readProvider(scope, root.content);
    const { name: partition, dnsSuffix } = partitionOf(scope.region);
    const place = { account: facts.account, region: scope.region, partition, dnsSuffix };
    return {
      replaced: inPlace.flatMap((block) => {
        const ofState = (name: string) => textAt(state.attribute(inState(block.address) ?? "", name) ?? undefined);
        return replacementOf(block, { ...place, argument: argumentsOf(block, scope) }, { ...place, argument: ofState });
      }),
      missing: blocks
        .filter(({ address }) => inState(address) === undefined)
        .map((block) =>
          describe(block, { ...place, argument: argumentsOf(block, scope) }, ownerOf(block, scope, defaultTags)),
        ),
      taken: state.ids,
    };
  });
}

function argumentsOf(block: TerraformBlock, scope: TerraformScope): ImportFacts["argument"] {
  return (name) => textAt(scope.argument(block, name));
}

function ownerOf(
  block: TerraformBlock,
  scope: TerraformScope,
  defaultTags: Readonly<Record<string, string>>,
): string | undefined {
  return textAt(objectAt(scope.argument(block, "tags"))[OWNER_TAG] ?? defaultTags[OWNER_TAG]);
}

function replacementOf(
  { address, type, body }: TerraformBlock,
  declared: ImportFacts,
  inState: ImportFacts,
): readonly ReplacedResource[] {
  const rule = RECOVERY_RULES[type];
  if (rule?.by !== "id") return [];
  const importId = rule.id(declared);
  const formerId = rule.id(inState);
  if (importId === formerId || !isKnown(importId)) return [];
  return [present({ address, type, provider: textAt(body.provider), importId, formerId })];
}

function describe({ address, type, body }: TerraformBlock, facts: ImportFacts, owner?: string): MissingResource {
  const { argument } = facts;
  const isSnapshot = type === "aws_api_gateway_deployment";
  const rule = isSnapshot && areRetained(body.triggers) ? LOST_SNAPSHOT : (RECOVERY_RULES[type] ?? UNKNOWN_TYPE);
  const resource = present({ address, type, rule, provider: textAt(body.provider), owner });
  if (rule.by === "id") {
    const importId = rule.id(facts);
    return isKnown(importId) ? { ...resource, importId, isPossible: true } : { ...resource, isPossible: false };
  }
  if (rule.by === "none") {
    return { ...resource, isPossible: rule.within === undefined || isKnown(argument(rule.within)) };
  }
  const { criteria, isPartOfApi } = LOOKUPS[rule.lookup];
  const names = isPartOfApi ? ["rest_api_id", ...criteria] : criteria;
  const values = Object.fromEntries(names.map((name) => [name, argument(name) ?? ""]));
  const isPossible = isKnown(values);
  return { ...resource, isPossible, ...(isPossible ? { criteria: values } : {}) };
}

function isKnown(value: unknown): boolean {
  return value !== undefined && unknownsIn(value).length === 0;
}

/** Computed attributes that are arguments too. */
const NAMES: readonly string[] = ["name", "bucket"];

/** What the configuration says of itself holds; all else is what the state says, or was found in the account. */
function knownValues(
  content: JsonObject,
  state: TerraformState,
  inState: (address: string) => string | undefined,
  { found }: AccountFacts,
): KnownValues {
  const declared = (type: string, name: string) => firstBlock(objectAt(objectAt(content.resource)[type])[name]);
  return {
    instances: () => undefined,
    argument: (address, attribute) => {
      const { isInModule, isData, type, name } = parseAddress(address);
      if (isData) return undefined;
      if (!isInModule && Object.hasOwn(declared(type, name), attribute)) return undefined;
      const value = found.get(address)?.[attribute] ?? state.attribute(inState(address) ?? "", attribute);
      if (value !== undefined && value !== null) return { value, isComplete: true };
      const computes = Object.hasOwn(COMPUTED_ATTRIBUTES[type] ?? {}, attribute) && !NAMES.includes(attribute);
      return computes ? { value: markUnknown({ address, attribute }), isComplete: true } : undefined;
    },
  };
}
