/** Bytes that Lambda takes. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const PACKAGE_LIMITS = {
  /** Of a zip that is uploaded with the call that creates the function. */
  zipped: 50 * 1024 ** 2,
  /** Of all that the zip unpacks to, with layers. */
  unzipped: 250 * 1024 ** 2,
} as const;

/** What a package measures, in bytes. */
export interface PackageSize {
  readonly zipped: number;
  readonly unzipped: number;
}

/** How a package passes the limits, as in "300 MB unzipped, Lambda takes 250 MB"; undefined when it fits. */
export function excessOf(size: PackageSize): string | undefined {
  const measure = (["unzipped", "zipped"] as const).find((it) => size[it] > PACKAGE_LIMITS[it]);
  return measure === undefined
    ? undefined
    : `${megabytes(size[measure])} MB ${measure}, Lambda takes ${megabytes(PACKAGE_LIMITS[measure])} MB`;
}

function megabytes(bytes: number): number {
  return Math.ceil((bytes / 1024 ** 2) * 10) / 10;
}
