import { KILL_MOMENTS, type KillMoment, type KillPoint } from "../../support/twin/kills";

/** What a killed command was doing. */
export const PHASES = ["create", "update", "destroy"] as const;
export type Phase = (typeof PHASES)[number];

/** A command, and where it is killed. */
export interface Kill {
  readonly phase: Phase;
  readonly moment: KillMoment;
  readonly point: KillPoint;
}

/**
 * Every mutating call that Terraform sends for the reference API, and how many of each. Calls of one kind wait for nothing
 * but each other's slots, so that all of them are under way when Terraform dies. A test compares the tables with what a
 * clean run calls.
 */
export const CALLS: Readonly<Record<Phase, Readonly<Record<string, number>>>> = {
  create: {
    "lock the state": 1,
    CreateRole: 7,
    CreateLogGroup: 7,
    PutRetentionPolicy: 7,
    CreateTable: 2,
    UpdateContinuousBackups: 2,
    "CreateQueue orders-dev-events-dlq": 1,
    "CreateQueue orders-dev-events": 1,
    CreateApiKey: 2,
    CreateRestApi: 1,
    PutRestApi: 1,
    CreateDeployment: 1,
    PutRolePolicy: 7,
    "CreateFunction orders-dev-cancel-order": 1,
    "CreateFunction orders-dev-create-order": 1,
    "CreateFunction orders-dev-get-order": 1,
    "CreateFunction orders-dev-get-product": 1,
    "CreateFunction orders-dev-list-orders": 1,
    "CreateFunction orders-dev-list-products": 1,
    CreateAlias: 6,
    AddPermission: 6,
    CreateStage: 1,
    "UpdateStage stage": 1,
    "UpdateStage settings": 4,
    CreateUsagePlan: 2,
    CreateUsagePlanKey: 2,
    "write the state": 1,
    "unlock the state": 1,
  },
  update: {
    "lock the state": 1,
    PutRetentionPolicy: 7,
    UpdateFunctionConfiguration: 6,
    UpdateFunctionCode: 1,
    PublishVersion: 6,
    UpdateAlias: 6,
    PutRestApi: 1,
    CreateDeployment: 1,
    "UpdateStage stage": 1,
    DeleteDeployment: 1,
    "write the state": 1,
    "unlock the state": 1,
  },
  destroy: {
    "lock the state": 1,
    DeleteUsagePlanKey: 2,
    "UpdateStage settings": 4,
    UpdateUsagePlan: 2,
    DeleteApiKey: 2,
    DeleteUsagePlan: 2,
    DeleteStage: 1,
    DeleteLogGroup: 7,
    DeleteRolePolicy: 7,
    DeleteDeployment: 1,
    RemovePermission: 6,
    DeleteTable: 2,
    "DeleteQueue orders-dev-events": 1,
    "DeleteQueue orders-dev-events-dlq": 1,
    DeleteAlias: 6,
    DeleteFunction: 6,
    DeleteRestApi: 1,
    DeleteRole: 7,
    "write the state": 1,
    "unlock the state": 1,
  },
};

/**
 * Calls that Terraform is killed at together: none of them waits for another, so that all are under way at once. Each call of
 * `CALLS` stands in one of them.
 */
export const UNDER_WAY: Readonly<Record<Phase, readonly (readonly string[])[]>> = {
  create: [
    ["lock the state"],
    ["CreateRole", "CreateApiKey"],
    ["CreateLogGroup", "CreateRestApi"],
    ["PutRetentionPolicy", "PutRestApi"],
    ["CreateTable", "CreateFunction orders-dev-list-orders"],
    ["UpdateContinuousBackups", "CreateFunction orders-dev-cancel-order"],
    ["CreateQueue orders-dev-events-dlq", "CreateFunction orders-dev-create-order"],
    ["CreateQueue orders-dev-events", "CreateFunction orders-dev-get-order"],
    ["PutRolePolicy", "CreateFunction orders-dev-get-product"],
    ["CreateDeployment", "CreateFunction orders-dev-list-products"],
    ["CreateAlias"],
    ["AddPermission"],
    ["CreateStage"],
    ["UpdateStage stage"],
    ["UpdateStage settings", "CreateUsagePlan"],
    ["CreateUsagePlanKey"],
    ["write the state"],
    ["unlock the state"],
  ],
  update: [
    ["lock the state"],
    ["UpdateFunctionConfiguration"],
    ["PutRestApi", "UpdateFunctionCode"],
    ["PutRetentionPolicy", "CreateDeployment"],
    ["PublishVersion"],
    ["UpdateAlias"],
    ["UpdateStage stage"],
    ["DeleteDeployment"],
    ["write the state"],
    ["unlock the state"],
  ],
  destroy: [
    ["lock the state"],
    ["DeleteUsagePlanKey", "UpdateStage settings"],
    ["UpdateUsagePlan", "DeleteApiKey"],
    ["DeleteUsagePlan"],
    ["DeleteStage"],
    ["DeleteDeployment", "RemovePermission", "DeleteRolePolicy"],
    ["DeleteRestApi", "DeleteAlias"],
    ["DeleteTable", "DeleteQueue orders-dev-events"],
    ["DeleteQueue orders-dev-events-dlq", "DeleteFunction"],
    ["DeleteLogGroup", "DeleteRole"],
    ["write the state"],
    ["unlock the state"],
  ],
};

/** At every call once before and once after it takes effect. */
export const ALL_KILLS: readonly Kill[] = PHASES.flatMap((phase) =>
  UNDER_WAY[phase].flatMap((names) => {
    const point = Object.fromEntries(names.map((name) => [name, CALLS[phase][name] ?? 0]));
    return KILL_MOMENTS.map((moment) => ({ phase, moment, point }));
  }),
);

/** The most telling ones: what is made twice, what is lost, and what stays half done. Each in fewer runs than points. */
export const TELLING_KILLS: readonly Kill[] = [
  { phase: "create", moment: "before", point: { CreateRole: 7, CreateTable: 2, CreateRestApi: 1 } },
  { phase: "create", moment: "after", point: { CreateRole: 7, CreateTable: 2, CreateRestApi: 1 } },
  { phase: "create", moment: "after", point: { "CreateFunction orders-dev-get-order": 1, CreateDeployment: 1 } },
  { phase: "update", moment: "before", point: { PutRestApi: 1, UpdateFunctionCode: 1 } },
  { phase: "update", moment: "after", point: { CreateDeployment: 1, PublishVersion: 6 } },
  { phase: "update", moment: "before", point: { "UpdateStage stage": 1 } },
  { phase: "update", moment: "after", point: { UpdateAlias: 6 } },
  { phase: "destroy", moment: "after", point: { DeleteTable: 2, RemovePermission: 6 } },
];

/** As in `dies in an update, before PutRestApi is made`. */
export function describeKill({ phase, moment, point }: Kill): string {
  const article = phase === "update" ? "an" : "a";
  return `dies in ${article} ${phase}, ${moment} ${Object.keys(point).join(" and ")}`;
}
