import { sameInStacks } from "../../../modules/checks/same-in-stacks";

const finding = (stack: string, route = "orders", value = `${stack}-x`) =>
  `A_CODE: "${value}" is wrong\n  at ${stack}/Api/${route}\n  fix: correct it`;

describe("findings of several stacks", () => {
  it("are one where they differ by the name of the stack alone", () => {
    expect(sameInStacks([finding("dev"), finding("staging"), finding("prod")])).toEqual([
      'A_CODE: "dev-x" is wrong\n  at dev/Api/orders, and the same in staging, prod\n  fix: correct it',
    ]);
  });

  it("are one where the text has the name of a stack in it by chance", () => {
    const named = (stack: string) => `A_CODE: wrong\n  at ${stack}/Api\n  fix: use a name such as prod`;

    expect(sameInStacks([named("dev"), named("prod")])).toEqual([
      "A_CODE: wrong\n  at dev/Api, and the same in prod\n  fix: use a name such as prod",
    ]);
  });

  it("stay apart where anything else differs", () => {
    const apart = [finding("dev"), finding("dev", "items"), finding("prod", "orders", "other"), "no place"];

    expect(sameInStacks(apart)).toEqual(apart);
  });
});
