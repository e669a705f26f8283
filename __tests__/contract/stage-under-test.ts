import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGateway } from "../e2e/support/headgate-process";

/** The stage that answers, on localhost or deployed. */
export interface StageUnderTest {
  /** With the stage and without a slash at its end, as in `https://a1b2c3.execute-api.eu-west-1.amazonaws.com/v1`. */
  readonly baseUrl: string;
  /** Value of an API key of the stage's plans. Throws when the environment names none. */
  apiKey(): string;
  stop(): Promise<void>;
}

/**
 * The deployed stage that `BASE_URL` names, with the key that `API_KEY` holds; without `BASE_URL` the reference API on
 * localhost, started for this run.
 */
export async function stageUnderTest(environment: NodeJS.ProcessEnv = process.env): Promise<StageUnderTest> {
  const { BASE_URL, API_KEY } = environment;
  return BASE_URL ? deployedStage(BASE_URL, API_KEY) : startStage();
}

function deployedStage(baseUrl: string, apiKey: string | undefined): StageUnderTest {
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? "")) {
    throw new Error(`BASE_URL must be the URL of a stage, such as the output invoke_url, got "${baseUrl}"`);
  }
  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    apiKey: () => {
      if (!apiKey) throw new Error("API_KEY is not set: it holds the value of an API key of the stage at BASE_URL");
      return apiKey;
    },
    stop: async () => undefined,
  };
}

async function startStage(): Promise<StageUnderTest> {
  const outputFolder = mkdtempSync(join(tmpdir(), "headgate-contract-"));
  const gateway = await startGateway([], { env: { CDKTF_OUTDIR: outputFolder } });
  return {
    baseUrl: `${gateway.url}/v1`,
    apiKey: () => "headgate-local-pro",
    stop: async () => {
      await gateway.stop();
      rmSync(outputFolder, { recursive: true });
    },
  };
}
