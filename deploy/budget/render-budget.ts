import { OPERATION_RATES, TOTAL_RATE } from "./control-plane-rates";
import type { CommandBudget, StackBudget } from "./stack-budget";

/** A budget as a text for people. */
export function renderBudget({ stack, region, create, plan, routes, suggestions, uncertain }: StackBudget): string {
  return [
    `${stack} (${region}): calls to API Gateway's control plane, with hashicorp/aws 5.100`,
    "",
    ...table(create, plan),
    ...section("Routes with calls of their own, 2 to create and 1 to plan", routes.map(routeLine)),
    ...section("To save calls", suggestions),
    ...section("Not certain", uncertain),
  ].join("\n");
}

function table(create: CommandBudget, plan: CommandBudget): readonly string[] {
  const names = [...new Set([...create.operations, ...plan.operations].map(({ operation }) => operation))].sort();
  const rows = names.map((name) => [name, callsOf(create, name), callsOf(plan, name), rateText(name)]);
  return aligned([
    ["operation", "create", "plan", "AWS allows"],
    ...rows,
    ["all", String(create.calls), String(plan.calls), `${TOTAL_RATE.perSecond} a second, ${TOTAL_RATE.burst} at once`],
    ["at least", secondsText(create), secondsText(plan), limitText(create, plan)],
  ]);
}

function callsOf({ operations }: CommandBudget, name: string): string {
  return String(operations.find(({ operation }) => operation === name)?.calls ?? "");
}

function rateText(operation: string): string {
  const rate = OPERATION_RATES[operation];
  if (rate === undefined) return "";
  return rate.perSecond < 1 ? `1 in ${Math.round(1 / rate.perSecond)} s` : `${rate.perSecond} a second`;
}

function secondsText({ minimumSeconds }: CommandBudget): string {
  return `${Math.round(minimumSeconds * 10) / 10} s`;
}

function limitText(create: CommandBudget, plan: CommandBudget): string {
  const limits = [...new Set([create.limitedBy, plan.limitedBy].filter((name) => name !== undefined))];
  return limits.length === 0 ? "" : `because of ${limits.join(" and ")}`;
}

const LISTED_LINES = 20;

function routeLine({ stage, route, differences }: StackBudget["routes"][number]): string {
  const said = Object.entries(differences).map(([name, value]) => `${name} ${value}`);
  return `${route}  on ${stage}  ${said.join(", ")}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length - LISTED_LINES;
  const shown = lines.slice(0, LISTED_LINES).map((line) => `  ${line}`);
  return ["", `${title}:`, ...shown, ...(more > 0 ? [`  … and ${more} more (--json lists them all)`] : [])];
}

/** Columns as wide as their widest cell: words on the left, figures on the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 1 || column === 2 ? cell.padStart(width(column)) : cell.padEnd(width(column))))
      .join("  ")
      .trimEnd(),
  );
}
