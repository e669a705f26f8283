import type { BasePathMappingDefinition, CustomDomainDefinition } from "../custom-domain";
import { present } from "../present";
import { type BlockReader, readersOf } from "./block-reader";
import type { TerraformScope } from "./scope";

/** Both versions of AWS's operations make domains that serve REST APIs. */
const DOMAINS = ["aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"];

/** Mappings by type of resource, with the arguments that say the same. */
const MAPPINGS = [
  { type: "aws_api_gateway_base_path_mapping", basePath: "base_path", stage: "stage_name" },
  { type: "aws_apigatewayv2_api_mapping", basePath: "api_mapping_key", stage: "stage" },
];

interface Mapped {
  readonly domainName: string;
  readonly mapping: BasePathMappingDefinition;
}

/** The custom domains of a root. One that is declared elsewhere is there when something is mapped to it. */
export function readDomains(scope: TerraformScope): readonly CustomDomainDefinition[] {
  const domains = DOMAINS.flatMap((type) => readersOf(scope, type));
  const mapped = MAPPINGS.flatMap(({ type, basePath, stage }) =>
    readersOf(scope, type).map((reader): Mapped => readMapping(reader, basePath, stage)),
  );
  const names = new Set([...domains.map(nameOf), ...mapped.map(({ domainName }) => domainName)]);
  return [...names].map((domainName) => ({
    domainName,
    hasMutualTls: domains.some(
      (domain) => nameOf(domain) === domainName && domain.blockOf("mutual_tls_authentication") !== undefined,
    ),
    mappings: mapped.filter((other) => other.domainName === domainName).map(({ mapping }) => mapping),
  }));
}

function nameOf(reader: BlockReader): string {
  return (reader.text("domain_name") ?? "").toLowerCase();
}

function readMapping(reader: BlockReader, basePath: string, stage: string): Mapped {
  const mapping = present({
    address: reader.address,
    basePath: (reader.text(basePath) ?? "").replace(/^\/+|\/+$/g, "").replace(/^\(none\)$/, ""),
    apiId: reader.text("api_id") ?? "",
    stageName: reader.text(stage) || undefined,
  });
  return { domainName: nameOf(reader), mapping };
}
