/** A DynamoDB table as the stack declares it. */
export interface TableDefinition {
  readonly address: string;
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  /** Types of all key attributes. */
  readonly attributes: readonly { readonly name: string; readonly type: "S" | "N" | "B" }[];
  readonly globalSecondaryIndexes: readonly SecondaryIndexDefinition[];
  readonly localSecondaryIndexes: readonly Omit<SecondaryIndexDefinition, "hashKey">[];
}

export interface SecondaryIndexDefinition {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly projectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  readonly nonKeyAttributes: readonly string[];
}
