import { copyOrdersProject, type OrdersProject } from "../../support/terraform/orders-project";

/** Folders of synthesized stacks. */
export interface SynthesizedOrders {
  readonly project: OrdersProject;
  readonly account: string;
  /** The reference API. */
  readonly first: string;
  /** The same with other code of one function. */
  readonly recoded: string;
  /** The same, and after changes of many kinds: document, code, environment, settings. */
  readonly second: string;
}

/** Bundles and synthesizes the reference API before and after a change. */
export async function synthesizeOrders(): Promise<SynthesizedOrders> {
  const project = copyOrdersProject();
  const before = await project.synth();
  // Only one: the provider uploads and publishes one bundle at a time.
  project.changeHandler("get-order");
  const recoded = await project.synth();
  const after = await project.synth("__tests__/terraform/variants/busy-orders.ts");
  return {
    project,
    account: before("account-111111111111-eu-west-1"),
    first: before("orders-dev"),
    recoded: recoded("orders-dev"),
    second: after("orders-dev"),
  };
}
