/** A token bucket: how many calls AWS takes at once, and how fast it takes more. */
export interface CallRate {
  readonly perSecond: number;
  /** Calls at once, after a rest. */
  readonly burst: number;
}

/** What AWS takes of all control-plane calls together, per account and region. */
export const TOTAL_RATE: CallRate = { perSecond: 10, burst: 40 };

/** Suffix of `CreateRestApi` for an API whose endpoint is edge-optimized: AWS limits it on its own. */
export const EDGE = " EDGE";

/**
 * Operations that AWS limits on their own, besides the total. All of it is fixed: AWS raises none of these on request.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const OPERATION_RATES: Readonly<Record<string, CallRate>> = {
  CreateApiKey: { perSecond: 5, burst: 5 },
  CreateDeployment: oneEvery(5),
  CreateDocumentationVersion: oneEvery(20),
  CreateDomainName: oneEvery(30),
  CreateResource: { perSecond: 5, burst: 5 },
  CreateRestApi: oneEvery(3),
  [`CreateRestApi${EDGE}`]: oneEvery(30),
  DeleteApiKey: { perSecond: 5, burst: 5 },
  DeleteDomainName: oneEvery(30),
  DeleteResource: { perSecond: 5, burst: 5 },
  DeleteRestApi: oneEvery(30),
  GetResources: { perSecond: 5 / 2, burst: 5 },
  ImportDocumentationParts: oneEvery(30),
  PutRestApi: oneEvery(1),
  UpdateAccount: oneEvery(20),
  UpdateDomainName: oneEvery(30),
  UpdateUsagePlan: oneEvery(20),
};

/** Seconds that pass at least between the first and the last of some calls. */
export function secondsFor(calls: number, { perSecond, burst }: CallRate): number {
  return Math.max(0, calls - burst) / perSecond;
}

function oneEvery(seconds: number): CallRate {
  return { perSecond: 1 / seconds, burst: 1 };
}
