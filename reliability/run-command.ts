import { type GatewayUnderTest, startGatewayUnderTest } from "./gateway-under-test";

/** Most of what the gateway has reported is left out of the terminal. */
const MAX_REPORT = 5_000;

/**
 * Runs a test against a gateway of its own. What fails is printed, and makes the process end with status 1: the test, a mistake
 * that the gateway reports of itself, and a gateway that does not end as it should.
 */
export function runCommand(test: (gateway: GatewayUnderTest) => Promise<void>): void {
  run(test).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function run(test: (gateway: GatewayUnderTest) => Promise<void>): Promise<void> {
  const gateway = await startGatewayUnderTest();
  try {
    await test(gateway);
  } finally {
    const status = await gateway.stop();
    const bugs = gateway.bugs().join("");
    if (bugs !== "") fail(`the gateway reports: ${bugs.slice(0, MAX_REPORT)}`);
    if (status !== 0) fail(`the gateway ended with status ${status}`);
  }
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}

/** The seed that was asked for, else any: whoever prints it can repeat the run. */
export function seedOf(requested: string | undefined): number {
  return Number(requested ?? Math.floor(Math.random() * 1_000_000));
}
