/** Modes of X-Ray. Source: https://docs.aws.amazon.com/lambda/latest/api/API_TracingConfig.html */
export const Tracing = { ACTIVE: "Active", PASS_THROUGH: "PassThrough", DISABLED: "Disabled" } as const;
/** One of the modes. */
export type Tracing = (typeof Tracing)[keyof typeof Tracing];

/** The mode as Lambda knows it. */
export function tracingMode(tracing: Tracing): string {
  // Lambda knows no third mode: what does not trace passes the caller's decision through.
  return tracing === Tracing.ACTIVE ? Tracing.ACTIVE : Tracing.PASS_THROUGH;
}
