import { minimumTime } from "../../../deploy/budget/minimum-time";

describe("minimumTime", () => {
  it.each<[string, Record<string, number>, { seconds: number; limitedBy?: string }]>([
    ["nothing waits", {}, { seconds: 0 }],
    ["the burst takes all", { GetStage: 40 }, { seconds: 0 }],
    ["calls together are many", { GetStage: 100, UpdateStage: 40 }, { seconds: 10, limitedBy: "total" }],
    [
      "one operation is slow",
      { CreateDeployment: 3, GetDeployment: 3 },
      { seconds: 10, limitedBy: "CreateDeployment" },
    ],
    [
      "the slowest counts",
      { CreateDeployment: 2, CreateDomainName: 2 },
      { seconds: 30, limitedBy: "CreateDomainName" },
    ],
    ["reads have quotas, too", { GetResources: 10 }, { seconds: 2, limitedBy: "GetResources" }],
    [
      "an edge-optimized API has its own",
      { "CreateRestApi EDGE": 2 },
      { seconds: 30, limitedBy: "CreateRestApi EDGE" },
    ],
  ])("is the time of the most constraining quota: %s", (_title, calls, expected) => {
    expect(minimumTime(new Map(Object.entries(calls)))).toEqual(expected);
  });
});
