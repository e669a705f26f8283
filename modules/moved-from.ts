import { Aspects, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { Construct, type IConstruct, RootConstruct } from "constructs";
import { ConfigurationError } from "../definition/configuration-error";

/**
 * Says where a construct stood before it was renamed or moved inside its stack. Terraform then renames its resources and
 * all below it in the state (`moved` blocks), instead of destroying them and creating others.
 *
 * ```ts
 * const api = new RestApi(stack, "Orders", { restApiName: "orders" }); // was: new RestApi(stack, "Api", …)
 * movedFrom(api, "Api");
 * ```
 *
 * It may go once every environment is applied. Physical names that are made of construct ids change with them unless they
 * are given: pass `restApiName`, `functionName` and the like. Deployments are replaced by design, so they do not move. A
 * resource whose address was overridden keeps it, and does not move either.
 *
 * Throws `MOVED_PATH_INVALID` and `MOVED_TWICE`; refuses, at synth, `MOVED_ADDRESS_IN_USE`.
 * Source: https://developer.hashicorp.com/terraform/language/modules/develop/refactoring
 *
 * @param path ids from below the stack down to the construct, as in `Backend/Api`
 */
export function movedFrom(construct: IConstruct, path: string): void {
  checkPath(construct, path);
  Object.defineProperty(construct, FORMER_PATH, { value: path });
  Aspects.of(construct).add({ visit: move });
  construct.node.addValidation({ validate: () => occupied(construct).map(({ message }) => message) });
}

/** Under this key a construct carries its former path, so that it is found without `instanceof`. */
const FORMER_PATH = Symbol.for("headgate/former-path");

function move(visited: IConstruct): void {
  if (!TerraformResource.isTerraformResource(visited) || isMoved.has(visited)) return;
  const from = formerAddress(visited);
  if (from === undefined) return;
  isMoved.add(visited);
  visited.moveFromId(from);
}

/** Below two constructs that moved, a resource is visited twice. */
const isMoved = new WeakSet<TerraformResource>();

/** Where a resource stood; absent when it still stands there, or when its address does not come from its path. */
function formerAddress(resource: TerraformResource): string | undefined {
  const stack = TerraformStack.of(resource);
  const isByPath = stack.getLogicalId(resource) === resource.friendlyUniqueId;
  const former = isByPath ? formerLogicalId(stack, resource) : undefined;
  return former === undefined || former === resource.friendlyUniqueId
    ? undefined
    : `${resource.terraformResourceType}.${former}`;
}

/** What the stack calls an element that stands where the resource stood: the same path, in a tree of its own. */
function formerLogicalId(stack: TerraformStack, resource: TerraformResource): string {
  const ids = formerPath(resource);
  const parents = ids.slice(0, -1);
  const before: Construct = new TerraformStack(new RootConstruct(), "before");
  const scope = parents.reduce((parent, id) => new Construct(parent, id), before);
  return stack.getLogicalId(new TerraformElement(scope, ids.at(-1) ?? ""));
}

/** Ids from below the stack down to where a construct stood; absent when neither it nor a scope of it moved. */
export function formerPathOf(construct: IConstruct): string | undefined {
  const isMoved = construct.node.scopes.some((scope) => pathOf(scope) !== undefined);
  return isMoved ? formerPath(construct).join("/") : undefined;
}

/** The path of the nearest scope that moved, and the ids below it. */
function formerPath({ node }: IConstruct): readonly string[] {
  const scopes = [...node.scopes];
  const nearest = scopes.findLastIndex((scope) => pathOf(scope) !== undefined);
  const path = scopes[nearest] === undefined ? undefined : pathOf(scopes[nearest]);
  return [...(path ?? "").split("/"), ...scopes.slice(nearest + 1).map((scope) => scope.node.id)];
}

function pathOf(construct: IConstruct): string | undefined {
  const path: unknown = Reflect.get(construct, FORMER_PATH);
  return typeof path === "string" ? path : undefined;
}

function checkPath(construct: IConstruct, path: string): void {
  if (path.split("/").some((id) => id === "")) {
    throw new ConfigurationError(
      "MOVED_PATH_INVALID",
      construct.node.path,
      `the former path must be ids joined by slashes, got "${path}"`,
      "write the ids from below the stack down to the construct, as in Backend/Api",
    );
  }
  const known = pathOf(construct);
  if (known === undefined) return;
  throw new ConfigurationError(
    "MOVED_TWICE",
    construct.node.path,
    `the construct is said to have stood at "${known}", and at "${path}"`,
    "name the path that it has in the state; where environments differ, apply one rename everywhere before the next",
  );
}

/** Terraform refuses to move from an address that the configuration still declares. */
function occupied(construct: IConstruct): readonly ConfigurationError[] {
  const declared = new Set(
    TerraformStack.of(construct).node.findAll().filter(TerraformResource.isTerraformResource).map(address),
  );
  const moved = construct.node.findAll().filter(TerraformResource.isTerraformResource).map(formerAddress);
  const taken = moved.filter((from) => from !== undefined && declared.has(from));
  if (taken.length === 0) return [];
  const problem = `its resources cannot have stood at ${taken.join(", ")}: other resources stand there now`;
  const fix = "give the new construct another id, or correct the former path";
  return [new ConfigurationError("MOVED_ADDRESS_IN_USE", construct.node.path, problem, fix)];
}

function address(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
