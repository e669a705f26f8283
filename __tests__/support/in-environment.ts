/** Runs something in a process that has other environment variables for as long as it takes. */
export async function inEnvironment<Result>(variables: NodeJS.ProcessEnv, run: () => Promise<Result>): Promise<Result> {
  const before = { ...process.env };
  process.env = { ...variables };
  try {
    return await run();
  } finally {
    process.env = before;
  }
}
