import type { Json, JsonObject } from "../../definition/json";
import { objectAt, textAt } from "../../definition/json-access";
import { present } from "../../definition/present";

/** An error of a plan. */
export interface PlanError {
  readonly summary: string;
  readonly detail: string;
  /** Absent where Terraform does not name one. */
  readonly address?: string;
}

/** What `terraform plan -json` prints, as far as recovering asks. */
export interface PlanLog {
  /** Ids of what was read, by address; empty where nothing is there. */
  readonly refreshed: ReadonlyMap<string, string>;
  /** Addresses that are replaced. */
  readonly replaced: ReadonlySet<string>;
  readonly errors: readonly PlanError[];
}

/** Source: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export function readPlanLog(output: string): PlanLog {
  const messages = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => objectAt(JSON.parse(line) as Json));
  const ofType = (type: string) => messages.filter((message) => message.type === type);
  return {
    refreshed: new Map(
      ofType("refresh_complete").map(({ hook }) => [addressOf(hook), textAt(objectAt(hook).id_value) ?? ""]),
    ),
    replaced: new Set(
      ofType("planned_change")
        .filter(({ change }) => objectAt(change).action === "replace")
        .map(({ change }) => addressOf(change)),
    ),
    errors: ofType("diagnostic")
      .map(({ diagnostic }) => objectAt(diagnostic))
      .filter(({ severity }) => severity === "error")
      .map(errorOf),
  };
}

/** What errors say, as one text; empty without any. */
export function errorText(errors: readonly PlanError[]): string {
  return errors.map(({ summary, detail }) => `${summary} ${detail}`).join(" ");
}

function addressOf(event: Json | undefined): string {
  return textAt(objectAt(objectAt(event).resource).addr) ?? "";
}

function errorOf({ summary, detail, address }: JsonObject): PlanError {
  return present({ summary: textAt(summary) ?? "", detail: textAt(detail) ?? "", address: textAt(address) });
}
