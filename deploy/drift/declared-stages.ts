import { textAt } from "../../definition/json-access";
import { present } from "../../definition/present";
import { areRetained } from "../../definition/retained-snapshot";
import { readersOf } from "../../definition/terraform/block-reader";
import type { TerraformScope } from "../../definition/terraform/scope";

/** What a stage refers to, beside its definition. Ids that nobody knows without a state are unknowns. */
export interface DeclaredStage {
  readonly address: string;
  /** As the API's `id` is evaluated: see `DeployedApiDefinition`. */
  readonly restApiId: string;
  readonly name: string;
  readonly deploymentId?: string;
  /** True where the stage serves the snapshot of the definition that is declared now. */
  readonly servesNewest: boolean;
  readonly canaryDeploymentId?: string;
  readonly clientCertificateId?: string;
  readonly documentationVersion?: string;
  readonly webAclArn?: string;
}

/** The stages of a stack. */
export function readDeclaredStages(scope: TerraformScope): readonly DeclaredStage[] {
  const firewalls = readersOf(scope, "aws_wafv2_web_acl_association");
  const retained = readersOf(scope, "aws_api_gateway_deployment").filter((deployment) =>
    areRetained(deployment.json("triggers")),
  );
  return readersOf(scope, "aws_api_gateway_stage").map((reader) => {
    const deploymentId = reader.text("deployment_id");
    const arn = reader.attribute("arn");
    return present({
      address: reader.address,
      restApiId: reader.text("rest_api_id") ?? "",
      name: reader.text("stage_name") ?? "",
      deploymentId,
      servesNewest: !retained.some((deployment) => deployment.attribute("id") === deploymentId),
      canaryDeploymentId: textAt(reader.blockOf("canary_settings")?.deployment_id),
      clientCertificateId: reader.text("client_certificate_id"),
      documentationVersion: reader.text("documentation_version"),
      webAclArn: firewalls.find((firewall) => firewall.text("resource_arn") === arn)?.text("web_acl_arn"),
    });
  });
}
