import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import type { Json, JsonObject } from "../../definition/json";
import { findTogether } from "../checks/findings";
import { STUB_BUNDLES } from "../functions/bundle";
import { HeadgateStack, type HeadgateStackProps } from "../stack";

/** Terraform's JSON syntax, as far as tests look at it. */
export interface TerraformJson {
  /** Resources, by type and logical id. @default - no resources */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Data sources, by type and logical id. @default - no data sources */
  readonly data?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Outputs, by name. @default - no outputs */
  readonly output?: Readonly<Record<string, JsonObject>>;
  readonly [block: string]: unknown;
}

/** A stack that can be synthesized: what cdktf's `TerraformStack` offers. */
export type SynthesizableStack = Parameters<typeof Testing.synth>[0];

/** The stack that `synthApi` hands to its callback. */
export const TEST_STACK_PROPS: HeadgateStackProps = { region: "eu-west-1", accountId: "111111111111" };

/**
 * Synthesizes one stack in memory and gives its Terraform JSON without the metadata of cdktf. Functions need no bundles.
 * Throws `ConfigurationFindings` with all that the constructs refuse and that their validations find.
 *
 * ```ts
 * const terraform = synthApi((stack) => new RestApi(stack, "Api").root.addMethod("GET"));
 * ```
 */
export function synthApi(
  build: (stack: HeadgateStack) => void,
  props: HeadgateStackProps = TEST_STACK_PROPS,
): TerraformJson {
  return synthStack((app) => {
    const stack = new HeadgateStack(app, "test", props);
    build(stack);
    return stack;
  });
}

/** The same for a stack of your own: `synthStack((app) => new OrdersStack(app, "orders-dev", …))`. */
export function synthStack(build: (app: App) => SynthesizableStack): TerraformJson {
  const outdir = mkdtempSync(join(tmpdir(), "headgate-synth-"));
  try {
    const app = new App({ outdir, stackTraces: false, context: { [STUB_BUNDLES]: true } });
    return findTogether(
      app,
      () => build(app),
      (stack) => {
        stack.prepareStack();
        const terraform: TerraformJson = JSON.parse(Testing.synth(stack, true));
        return terraform;
      },
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** All resources of one type, by logical id. */
export function resourcesOf(terraform: TerraformJson, type: string): Readonly<Record<string, JsonObject>> {
  return terraform.resource?.[type] ?? {};
}

/**
 * The only resource of one type, or the only one whose logical id begins so: with the ids of the constructs around it, as in
 * `"Orders_Get"`. Throws when there is none, or more than one.
 */
export function onlyResource(terraform: TerraformJson, type: string, idPrefix = ""): JsonObject {
  const declared = Object.entries(resourcesOf(terraform, type));
  const found = declared.filter(([id]) => id.startsWith(idPrefix));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only[1];
  throw new Error(
    `expected one ${type}${idPrefix && ` whose id begins with "${idPrefix}"`}, found ${found.length}; ` +
      choiceOf(
        declared.map(([id]) => id),
        'onlyResource(terraform, type, "<beginning of its id>"), or resourcesOf(terraform, type)',
      ),
  );
}

/**
 * The document of the only API that is emitted as one, or of that with the name. References stay as they are written. Throws
 * when there is none, or more than one.
 */
export function documentOf(terraform: TerraformJson, restApiName?: string): JsonObject {
  const documents = Object.values(resourcesOf(terraform, "aws_api_gateway_rest_api_put")).map(({ body }) =>
    parseBody(body),
  );
  const found = documents.filter((document) => restApiName === undefined || titleOf(document) === restApiName);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new Error(
    `expected one document${restApiName === undefined ? "" : ` of an API named "${restApiName}"`}, found ${found.length}; ` +
      choiceOf(documents.map(titleOf), 'documentOf(terraform, "<restApiName>")'),
  );
}

function titleOf({ info }: JsonObject): string {
  const title: unknown = Object(info).title;
  return String(title);
}

function choiceOf(names: readonly string[], call: string): string {
  return names.length === 0 ? "the stack has none" : `choose with ${call}; there are: ${names.join(", ")}`;
}

/** The document in a `body`, with Terraform's escapes removed. */
export function parseBody(body: Json | undefined): JsonObject {
  if (typeof body !== "string") throw new TypeError("expected the body to be a string");
  const document: JsonObject = JSON.parse(body.replaceAll("$${", () => "${").replaceAll("%%{", () => "%{"));
  return document;
}
