import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { Construct } from "constructs";
import type { JsonObject } from "../../../definition/json";
import type { DeployedApiDefinition } from "../../../definition/stack";
import { readStackJson } from "../../../definition/terraform/read-stack";
import { AccountLogging, type EmissionName, HeadgateStack, RestApi } from "../../../modules";
import { findTogether } from "../../../modules/checks/findings";
import type { Build, ChangeRow } from "./change-row";

/** A point in the life of all rows. */
export type Side = "earlier" | "before" | "after";

/** Rows synthesized into one root. */
export interface SynthesizedRows {
  /** Holds `cdk.tf.json` and code. */
  readonly folder: string;
  readonly configuration: JsonObject;
  /** The APIs as they are declared, by name. */
  readonly apis: ReadonlyMap<string, DeployedApiDefinition>;
  /** Warnings at synth, by row. */
  readonly warnings: ReadonlyMap<string, readonly string[]>;
}

/** Where rows are synthesized, and as what. */
export interface SynthOptions {
  readonly emission: EmissionName;
  /** Name of the root. */
  readonly stack: string;
  readonly outdir: string;
}

/** Where rows are deployed. */
export const PLACE = {
  region: "eu-west-1",
  accountId: "111111111111",
  assumeRoleArn: "arn:aws:iam::111111111111:role/deploy",
};

/** Synthesizes all rows as they are at one side of their changes, into one root. */
export async function synthRows(
  rows: readonly ChangeRow[],
  side: Side,
  { emission, stack: stackName, outdir }: SynthOptions,
): Promise<SynthesizedRows> {
  const app = new App({ outdir, stackTraces: false });
  const warnings = findTogether(
    app,
    () => {
      const stack = new HeadgateStack(app, stackName, PLACE);
      // Stages with logs need it; in an account of one's own it has a stack of its own.
      new AccountLogging(stack, "Account");
      return rows.map((row) => buildRow(stack, row, side, emission));
    },
    (scopes) => {
      app.synth();
      return new Map(rows.map(({ name }, index) => [name, warningsBelow(scopes[index])]));
    },
  );
  const folder = join(outdir, "stacks", stackName);
  const configuration: JsonObject = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  const { apis } = await readStackJson(configuration, stackName);
  return { folder, configuration, warnings, apis: new Map(apis.map((api) => [api.api.name, api])) };
}

/** Construct id of a row, and the beginning of the names of all its resources. */
export function rowId(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function buildRow(stack: HeadgateStack, row: ChangeRow, side: Side, emission: EmissionName): Construct {
  const scope = new Construct(stack, rowId(row.name));
  buildOf(
    row,
    side,
  )({
    scope,
    emission,
    named: (ending) => `${row.name}-${ending}`,
    api: ({ deployOptions, ...props } = {}, at = { scope, id: "Api" }) =>
      new RestApi(at.scope, at.id, {
        restApiName: row.name,
        emission,
        deployOptions: { stageName: "v1", ...deployOptions },
        ...props,
      }),
  });
  return scope;
}

function buildOf(row: ChangeRow, side: Side): Build {
  return (side === "earlier" ? row.earlier : row[side]) ?? row.before;
}

function warningsBelow(scope: Construct | undefined): readonly string[] {
  const entries = scope?.node.findAll().flatMap(({ node }) => node.metadata) ?? [];
  return entries.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
}
