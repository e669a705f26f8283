import { QUIET_MILLIS, Rounds } from "../../../cli/dev/rounds";

/** Rounds that last until they are let go. */
function heldRounds() {
  const begun: string[][] = [];
  const ends: (() => void)[] = [];
  const rounds = new Rounds<string>((changes) => {
    begun.push([...changes]);
    return new Promise((resolve) => ends.push(resolve));
  });
  const end = async () => {
    ends.shift()?.();
    await jest.advanceTimersByTimeAsync(0);
  };
  return { rounds, begun, end };
}

describe("rounds", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("begin when nothing has changed for a while, with all that has", async () => {
    const { rounds, begun } = heldRounds();

    rounds.add("a");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS - 1);
    rounds.add("b");
    rounds.add("a");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS - 1);
    const early = [...begun];
    await jest.advanceTimersByTimeAsync(1);

    expect(early).toEqual([]);
    expect(begun).toEqual([["a", "b"]]);
  });

  it("come one after the other: what changes during one is for the next", async () => {
    const { rounds, begun, end } = heldRounds();
    rounds.add("a");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS);

    rounds.add("b");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS);
    rounds.add("c");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS);
    const during = [...begun];
    await end();

    expect(during).toEqual([["a"]]);
    expect(begun).toEqual([["a"], ["b", "c"]]);
  });

  it("end with the one in work when they are closed", async () => {
    const { rounds, begun, end } = heldRounds();
    rounds.add("a");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS);
    rounds.add("b");

    let isClosed = false;
    const closed = rounds.close().then(() => {
      isClosed = true;
    });
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS);
    const during = isClosed;
    await end();
    await closed;
    rounds.add("c");
    await jest.advanceTimersByTimeAsync(QUIET_MILLIS);

    expect(during).toBe(false);
    expect(begun).toEqual([["a"]]);
  });
});
