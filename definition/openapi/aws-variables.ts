import { partitionOf } from "../partition";

/** Where a document is imported. */
export interface ImportPlace {
  readonly region: string;
  readonly accountId: string;
}

/**
 * A document with the values of `${AWS::Region}`, `${AWS::Partition}` and `${AWS::AccountId}`, which API Gateway fills in at
 * import.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html
 */
export function withAwsVariables(document: string, { region, accountId }: ImportPlace): string {
  const values: Readonly<Record<string, string>> = {
    "${AWS::AccountId}": accountId,
    "${AWS::Partition}": partitionOf(region).name,
    "${AWS::Region}": region,
  };
  return document.replaceAll(/\$\{AWS::\w+\}/g, (variable) => values[variable] ?? variable);
}
