import { choose } from "../choice";
import type { Json, JsonObject } from "../json";
import { textAt, textsAt } from "../json-access";
import { present } from "../present";
import type { SecondaryIndexDefinition, TableDefinition } from "../table";
import { type BlockReader, readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

const KEY_TYPES = ["S", "N", "B"] as const;
const PROJECTION_TYPES = ["ALL", "KEYS_ONLY", "INCLUDE"] as const;

/** The DynamoDB tables of a root. */
export function readTables(scope: TerraformScope): readonly TableDefinition[] {
  return readersOf(scope, "aws_dynamodb_table").map(readTable);
}

function readTable(reader: BlockReader): TableDefinition {
  const { address } = reader;
  return present({
    address,
    name: reader.attribute("name"),
    hashKey: reader.text("hash_key") ?? "",
    rangeKey: reader.text("range_key"),
    attributes: reader.blocks("attribute").map(({ name, type }) => ({
      name: textAt(name) ?? "",
      type: choose(KEY_TYPES, type, `${address}.attribute`),
    })),
    globalSecondaryIndexes: reader
      .blocks("global_secondary_index")
      .map((index) => present({ ...readIndex(index, address), hashKey: textAt(index.hash_key) ?? "" })),
    localSecondaryIndexes: reader.blocks("local_secondary_index").map((index) => readIndex(index, address)),
  });
}

function readIndex(index: JsonObject, address: string): Omit<SecondaryIndexDefinition, "hashKey"> {
  const projection: Json | undefined = index.projection_type;
  return present({
    name: textAt(index.name) ?? "",
    rangeKey: textAt(index.range_key),
    projectionType: choose(PROJECTION_TYPES, projection, `${address}.projection_type`),
    nonKeyAttributes: textsAt(index.non_key_attributes),
  });
}
