import { Duration } from "../../modules";

describe("Duration", () => {
  it.each([
    ["millis", Duration.millis(1500), 1500],
    ["seconds", Duration.seconds(2), 2000],
    ["minutes", Duration.minutes(2), 120_000],
    ["hours", Duration.hours(1), 3_600_000],
    ["days", Duration.days(1), 86_400_000],
    ["a text", Duration.parse("P1DT1H1M1S"), 90_061_000],
    ["a difference", Duration.minutes(1).minus(Duration.seconds(30)), 30_000],
    ["a sum", Duration.minutes(1).plus(Duration.seconds(30)), 90_000],
  ])("counts %s in milliseconds", (_name, duration, millis) => {
    expect(duration.toMilliseconds()).toBe(millis);
  });

  it("converts to larger units that it is a whole number of", () => {
    expect(Duration.days(2).toDays()).toBe(2);
    expect(Duration.days(1).toHours()).toBe(24);
    expect(Duration.hours(2).toMinutes()).toBe(120);
    expect(Duration.minutes(2).toSeconds()).toBe(120);
  });

  it.each([
    ["seconds", () => Duration.millis(1500).toSeconds()],
    ["minutes", () => Duration.seconds(90).toMinutes()],
    ["a length below zero", () => Duration.seconds(-1)],
    ["half an hour in hours", () => Duration.minutes(30).toHours()],
    ["a longer one taken away", () => Duration.seconds(1).minus(Duration.seconds(2))],
    ["text that is no duration", () => Duration.parse("1h")],
    ["an empty duration", () => Duration.parse("P")],
    ["no number", () => Duration.seconds(Number.NaN)],
  ])("fails when it is not a whole or positive number: %s", (_name, convert) => {
    expect(convert).toThrow(RangeError);
  });
});
