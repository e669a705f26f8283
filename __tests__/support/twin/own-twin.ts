import { type MotoServer, startMotoServer } from "./moto-server";
import { type PetsClient, petsClient } from "./pets-client";
import { startTwin, type Twin } from "./twin";

/** Each test of the suite gets a twin of its own, with a client; all share one moto. `prepare` runs before each test. */
export function useOwnTwin(prepare: (twin: Twin, pets: PetsClient) => Promise<void> | void): void {
  let moto: MotoServer;
  let twin: Twin;
  beforeAll(async () => {
    moto = await startMotoServer();
  }, 30_000);
  afterAll(() => moto.stop());
  beforeEach(async () => {
    twin = await startTwin({ motoUrl: moto.url });
    await prepare(twin, petsClient(twin.url));
  });
  afterEach(() => twin.stop());
}
