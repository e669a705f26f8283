import type { Json, JsonObject } from "../json";
import { booleanAt, numberAt, objectAt, textAt, textRecordAt, textsAt } from "../json-access";
import type { Unknown } from "../unknown";
import { blocksOf } from "./blocks";
import type { TerraformBlock, TerraformScope } from "./scope";

/** Reads arguments of one block by type. Terraform converts between text, number and boolean, and so does this. */
export class BlockReader {
  constructor(
    private readonly scope: TerraformScope,
    readonly block: TerraformBlock,
  ) {}

  get address(): string {
    return this.block.address;
  }

  /** An argument as text. */
  text(name: string): string | undefined {
    return textAt(this.json(name));
  }

  /** Says that a part of the block is left out, because its value is not known. */
  leaveOut(unknown: Unknown): void {
    this.scope.leaveOut(unknown);
  }

  /** An attribute that the block computes if it does not set it. */
  attribute(name: string): string {
    return textAt(this.scope.attribute(this.block, name)) ?? "";
  }

  number(name: string): number | undefined {
    return numberAt(this.json(name));
  }

  boolean(name: string): boolean | undefined {
    return booleanAt(this.json(name));
  }

  texts(name: string): readonly string[] {
    return textsAt(this.json(name));
  }

  textRecord(name: string): Readonly<Record<string, string>> {
    return textRecordAt(this.json(name));
  }

  /** Nested blocks, written as an object or as a list. */
  blocks(name: string): readonly JsonObject[] {
    return blocksOf(this.json(name));
  }

  /** The nested block that occurs at most once. */
  blockOf(name: string): JsonObject | undefined {
    return this.blocks(name)[0];
  }

  json(name: string): Json | undefined {
    return this.scope.argument(this.block, name);
  }
}

/** Readers of all resources of one type. */
export function readersOf(scope: TerraformScope, type: string): readonly BlockReader[] {
  return scope.resources(type).map((block) => new BlockReader(scope, block));
}

/** The object behind nested blocks of which at most one may occur. */
export function onlyBlock(value: Json | undefined): JsonObject {
  return objectAt(blocksOf(value)[0]);
}
