import type { RestApiDefinition } from "../../../definition/rest-api";
import type { BlockNames } from "./block";

/** What the blocks of one API depend on. */
export interface BlockContext {
  readonly api: RestApiDefinition;
  /** `aws_api_gateway_rest_api.<name>`. */
  readonly apiAddress: string;
  /** Tokens, for texts that hold them. */
  readonly restApiId: string;
  readonly executionArn: string;
  readonly names: BlockNames;
  /**
   * Paths of resources that somebody else owns; their ids stand in `resource_ids` of the API's address.
   * @default - every resource is part of the API
   */
  readonly foreignPaths?: ReadonlySet<string>;
}
