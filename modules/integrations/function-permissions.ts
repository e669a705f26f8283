import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Annotations, Token } from "cdktf";
import { environmentOf } from "../environment";
import { shortHash } from "../naming";
import type { Method } from "../rest-api/method";
import type { RestApiBase } from "../rest-api/rest-api-base";
import type { ResolvedTarget } from "./lambda-target";

/** Longest policy of a function or alias, in bytes. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const POLICY_LIMIT = 20_480;

const PRINCIPAL = "apigateway.amazonaws.com";

/** What calls a function: the path below the execution ARN of the API, and names for its permission. */
const CALLERS = {
  routes: { source: "/*/*", id: "Permission", statement: "AllowApi" },
  authorizers: { source: "/authorizers/*", id: "AuthorizerPermission", statement: "AllowAuthorizers" },
} as const;

type Caller = keyof typeof CALLERS;

/** Lets the routes or the authorizers of an API call a function: one permission for all of them. */
export function permit(api: RestApiBase, target: ResolvedTarget, caller: Caller): LambdaPermission {
  const policy = policyOf(api, target);
  if (caller === "routes") removeScoped(policy, api);
  const { source, id, statement } = CALLERS[caller];
  const shared = { api, target, source, id: `${id}-${target.key}`, statement, subject: api.node.path };
  return grant(policy, caller, shared).permission;
}

/**
 * Lets one method call a function. When the policy of the function would grow beyond what Lambda takes, each API gets one
 * permission for all its routes instead: what is given back is the one that counts at synth.
 */
export function permitMethod(method: Method, target: ResolvedTarget): () => LambdaPermission {
  const { api, httpMethod, route, resource } = method;
  const policy = policyOf(api, target);
  if (!policy.grants.get(api)?.has("routes")) {
    grant(policy, route, {
      api,
      target,
      source: `/*/${httpMethod === "ANY" ? "*" : httpMethod}${resource.path.replaceAll(/\{[^}]*\}/g, "*")}`,
      id: `Permission-${target.key}-${httpMethod}-${shortHash(route)}`,
      statement: "AllowApi",
      subject: `${api.node.path} ${route}`,
    });
    if (sizeOf(policy) > POLICY_LIMIT) collapse(policy);
  }
  return () => permissionOf(policy, api, route);
}

/**
 * Lets the stages of an API call a function, and nothing else of it, such as the test of a method in the console. What is
 * given back are the permissions that count at synth.
 */
export function permitStages(api: RestApiBase, target: ResolvedTarget): () => readonly LambdaPermission[] {
  const policy = policyOf(api, target);
  api.onStage(({ stageName }) => {
    if (policy.grants.get(api)?.has("routes")) return;
    grant(policy, `${STAGE}${stageName}`, {
      api,
      target,
      source: `/${stageName}/*`,
      id: `Permission-${target.key}-${stageName}`,
      statement: "AllowApi",
      subject: `${api.node.path} ${STAGE}${stageName}`,
    });
  });
  return () =>
    [...(policy.grants.get(api) ?? [])]
      .filter(([caller]) => caller === "routes" || caller.startsWith(STAGE))
      .map(([, { permission }]) => permission);
}

/** Tells stages from routes, which begin with a verb. */
const STAGE = "stage ";

interface Grant {
  readonly permission: LambdaPermission;
  readonly target: ResolvedTarget;
  readonly source: string;
}

/** The statements that the APIs of one app have in the policy of one function, version or alias. */
interface FunctionPolicy {
  /** API → `routes`, `authorizers` or a route → statement. */
  readonly grants: Map<RestApiBase, Map<string, Grant>>;
}

const policies = new WeakMap<object, Map<string, FunctionPolicy>>();

function policyOf(api: RestApiBase, { identity }: ResolvedTarget): FunctionPolicy {
  const { root } = api.node;
  const ofApp = policies.get(root) ?? new Map<string, FunctionPolicy>();
  policies.set(root, ofApp);
  const policy = ofApp.get(identity) ?? { grants: new Map() };
  ofApp.set(identity, policy);
  return policy;
}

interface Statement {
  readonly api: RestApiBase;
  readonly target: ResolvedTarget;
  readonly source: string;
  readonly id: string;
  readonly statement: string;
  /** What the statement speaks of, among those of one kind. */
  readonly subject: string;
}

function grant(policy: FunctionPolicy, caller: string, statement: Statement): Grant {
  const { api, target, source } = statement;
  const ofApi = policy.grants.get(api) ?? new Map<string, Grant>();
  policy.grants.set(api, ofApi);
  const known = ofApi.get(caller);
  if (known !== undefined) return sharpened(known, target);
  const made = { permission: declare(statement), target, source };
  ofApi.set(caller, made);
  return made;
}

function declare({ api, target, source, id, statement, subject }: Statement): LambdaPermission {
  // An alias and its function have one name.
  const isTaken = api.node.tryFindChild(id) !== undefined;
  return new LambdaPermission(api, isTaken ? `${id}-${shortHash(target.identity)}` : id, {
    // Two statements live side by side while one replaces the other, so their ids tell principal and source apart.
    statementId: `${statement}-${shortHash(`${PRINCIPAL} ${subject}`)}-${api.restApiId}`,
    action: "lambda:InvokeFunction",
    ...target.permission,
    principal: PRINCIPAL,
    sourceArn: `${api.executionArn}${source}`,
    ...(target.createBeforeDestroy ? { lifecycle: { createBeforeDestroy: true } } : {}),
  });
}

/** A function that was first named by ARN turns out to be one of this app: its permission must wait for it. */
function sharpened(known: Grant, { permission, createBeforeDestroy }: ResolvedTarget): Grant {
  const isByArn = !Token.isUnresolved(known.permission.functionNameInput);
  if (!isByArn || !Token.isUnresolved(permission.functionName)) return known;
  known.permission.functionName = permission.functionName;
  if (permission.qualifier !== undefined) known.permission.qualifier = permission.qualifier;
  if (!createBeforeDestroy) known.permission.addOverride("lifecycle", undefined);
  return known;
}

function permissionOf({ grants }: FunctionPolicy, api: RestApiBase, route: string): LambdaPermission {
  const found = grants.get(api)?.get("routes") ?? grants.get(api)?.get(route);
  if (found === undefined) throw new Error(`no permission for ${route}`);
  return found.permission;
}

function collapse(policy: FunctionPolicy): void {
  for (const [api, ofApi] of policy.grants) {
    const [target] = scoped(ofApi).map(([, { target: it }]) => it);
    if (target === undefined) continue;
    Annotations.of(api).addInfo(
      `scopePermissionToMethod has no effect on ${target.key}: one permission per method would take more than the ` +
        `${POLICY_LIMIT} bytes that Lambda allows for the policy of a function, so the API gets one for all its methods`,
    );
    permit(api, target, "routes");
  }
}

function removeScoped({ grants }: FunctionPolicy, api: RestApiBase): void {
  const ofApi = grants.get(api) ?? new Map<string, Grant>();
  for (const [route, { permission }] of scoped(ofApi)) {
    api.node.tryRemoveChild(permission.node.id);
    ofApi.delete(route);
  }
}

function scoped(ofApi: ReadonlyMap<string, Grant>): readonly (readonly [string, Grant])[] {
  return [...ofApi].filter(([caller]) => !(caller in CALLERS));
}

/** Bytes of the policy as Lambda keeps it, with ids of AWS's usual length. */
function sizeOf({ grants }: FunctionPolicy): number {
  const statements = [...grants].flatMap(([api, ofApi]) =>
    [...ofApi.values()].map(({ target, source }) => {
      const { partition, region } = environmentOf(api);
      return {
        Sid: "AllowAuthorizers-00000000-0000000000",
        Effect: "Allow",
        Principal: { Service: PRINCIPAL },
        Action: "lambda:InvokeFunction",
        Resource: target.arn,
        Condition: {
          ArnLike: { "AWS:SourceArn": `arn:${partition}:execute-api:${region}:000000000000:0000000000${source}` },
        },
      };
    }),
  );
  return Buffer.byteLength(JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }));
}
