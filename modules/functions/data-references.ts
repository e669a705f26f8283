import { DefaultTokenResolver, StringConcat, type TerraformResource, Tokenization } from "cdktf";
import { ConfigurationError } from "../../definition/configuration-error";
import type { Json, JsonObject } from "../../definition/json";
import { objectAt } from "../../definition/json-access";

/** Resources that hold data, or have a fixed name that a second one could not take. */
export const DATA_RESOURCE_TYPES = [
  "aws_cloudwatch_log_group",
  "aws_dynamodb_table",
  "aws_kinesis_stream",
  "aws_kms_key",
  "aws_s3_bucket",
  "aws_s3_object",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
] as const;

const REFERENCE = new RegExp(`(?<!data\\.)\\b(?:${DATA_RESOURCE_TYPES.join("|")})\\.[A-Za-z0-9_-]+`);

/** Arguments as the properties are called that they come from. */
const PROPERTIES: Readonly<Record<string, string>> = {
  dead_letter_config: "deadLetterQueue or deadLetterTopic",
  kms_key_arn: "environmentEncryption",
  s3_bucket: "the bucket of the code",
  s3_key: "the key of the code",
};

/**
 * Messages for arguments of a function that refer to a resource with data. The function is created before its predecessor is
 * destroyed, Terraform forces that order on everything that the function refers to, and a table with it can never be
 * replaced: the second table would need the name of the first.
 */
export function refuseDataReferences(resource: TerraformResource, place: string): string[] {
  const { environment, ...others } = argumentsOf(resource);
  const variables = Object.entries(objectAt(objectAt(environment).variables));
  const texts = [
    ...variables.map(([name, value]) => [`the environment variable ${name}`, value] as const),
    ...Object.entries(others).map(([name, value]) => [PROPERTIES[name] ?? name, value] as const),
  ];
  return texts.flatMap(([label, value]) => {
    const [address] = REFERENCE.exec(JSON.stringify(value) ?? "") ?? [];
    if (address === undefined) return [];
    const problem = `${label} holds a reference to ${address}, which could then never be replaced`;
    const fix = "create it with a literal name and pass that name or its ARN, or pass a literal or a data source";
    return new ConfigurationError("FUNCTION_REFERS_TO_DATA", place, problem, fix).message;
  });
}

function argumentsOf(resource: TerraformResource): JsonObject {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const block: Json = Tokenization.resolve(resource.toTerraform(), { scope: resource, resolver, preparing: false });
  return objectAt(
    objectAt(objectAt(objectAt(block).resource)[resource.terraformResourceType])[resource.friendlyUniqueId],
  );
}
