import type { JsonObject } from "../../definition/json";
import { objectAt, textAt } from "../../definition/json-access";
import { present } from "../../definition/present";
import { unknownsIn } from "../../definition/unknown";
import { compareValues } from "./compare-values";
import type { DeclaredPermission } from "./declared-permissions";
import { type DeployedPermission, placeOfPolicy } from "./deployed-permissions";
import { type Comparison, difference, notCompared } from "./difference";

/** Compares a permission with the statement of its id. What others have added to the policy is theirs. */
export function comparePermission({ declared, statements }: DeployedPermission): Comparison {
  const { statementId, functionName, qualifier, address } = declared;
  const place = placeOfPolicy(declared);
  if (statementId === undefined) return notCompared(address, "permission", "its statement id is not in the state");
  const [unknown] = unknownsIn([functionName, qualifier ?? "", statementId]);
  if (unknown !== undefined) {
    return notCompared(address, "permission", `only AWS knows ${unknown.address}.${unknown.attribute}`);
  }
  const field = `permissions.${statementId}`;
  const statement = statements.get(statementId);
  if (statement === undefined) return difference(place, field, "declared", "missing");
  const service = textAt(objectAt(statement.Principal).Service);
  return compareValues(place, field, grantOf(declared, service !== undefined), deployedGrant(statement, service));
}

/** AWS writes an account as the ARN of its root user: services alone are compared. */
function grantOf({ action, principal, sourceArn }: DeclaredPermission, isService: boolean): JsonObject {
  return present({ action, principal: isService ? principal : undefined, sourceArn }) as JsonObject;
}

function deployedGrant(statement: JsonObject, service: string | undefined): JsonObject {
  const sourceArn = textAt(objectAt(objectAt(statement.Condition).ArnLike)["AWS:SourceArn"]);
  return present({ action: textAt(statement.Action), principal: service, sourceArn }) as JsonObject;
}
