/** Instruction sets. Source: https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html */
export const Architecture = { ARM_64: "arm64", X86_64: "x86_64" } as const;
/** One of the instruction sets. */
export type Architecture = (typeof Architecture)[keyof typeof Architecture];
