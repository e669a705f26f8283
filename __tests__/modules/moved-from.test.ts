import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import {
  type HeadgateStack,
  LambdaIntegration,
  MockIntegration,
  movedFrom,
  NodejsFunction,
  RestApi,
  type RestApiProps,
  SqsIntegration,
} from "../../modules";
import { synthApi, type TerraformJson } from "../../modules/testing";
import { expectRefusal, type Refusal } from "./support/refusals";

type Emission = NonNullable<RestApiProps["emission"]>;

/** A backend with all kinds of resources below one construct. */
function backend(scope: Construct, id: string, emission: Emission = "openapi"): Construct {
  const construct = new Construct(scope, id);
  const queue = new SqsQueue(construct, "Events", { name: "events" });
  const handler = new NodejsFunction(construct, "Fn", { bundle: "fn", functionName: "fn" });
  const api = new RestApi(construct, "Api", { restApiName: "orders", emission });
  api.route("GET /orders/{id}", new LambdaIntegration(handler), { apiKeyRequired: true, throttle: "blocked" });
  api.route("POST /events", new SqsIntegration(queue));
  api.addUsagePlan("Plan", { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(api.addApiKey("Key"));
  return construct;
}

const moves = ({ moved = [] }: TerraformJson) => moved as readonly { readonly from: string; readonly to: string }[];

function addresses({ resource = {} }: TerraformJson): readonly string[] {
  return Object.entries(resource).flatMap(([type, ids]) => Object.keys(ids).map((id) => `${type}.${id}`));
}

const isDeployment = (address: string) => address.startsWith("aws_api_gateway_deployment.");

/** What `moved` blocks make of the addresses in a state. */
function renamed(state: readonly string[], terraform: TerraformJson): readonly string[] {
  const to = new Map(moves(terraform).map((it) => [it.from, it.to]));
  return state.map((address) => to.get(address) ?? address);
}

function stateAfter(before: (stack: HeadgateStack) => void, after: (stack: HeadgateStack) => void) {
  const [old, now] = [synthApi(before), synthApi(after)];
  const withoutDeployments = (all: readonly string[]) => all.filter((it) => !isDeployment(it)).sort();
  return {
    now,
    state: withoutDeployments(renamed(addresses(old), now)),
    declared: withoutDeployments(addresses(now)),
  };
}

describe("movedFrom", () => {
  it.each<Emission>(["openapi", "resources"])(
    "renames every resource below a renamed construct, but deployments, with an API as %s (pain 10)",
    (emission) => {
      const { now, state, declared } = stateAfter(
        (stack) => backend(stack, "Old", emission),
        (stack) => movedFrom(backend(stack, "New", emission), "Old"),
      );

      expect(state).toEqual(declared);
      expect(declared.length).toBeGreaterThan(15);
      expect(moves(now)).toHaveLength(declared.length);
      expect(moves(now).some(({ from, to }) => isDeployment(from) || isDeployment(to))).toBe(false);
    },
  );

  it("follows a construct to another place of the stack", () => {
    const { state, declared } = stateAfter(
      (stack) => backend(stack, "Orders"),
      (stack) => movedFrom(backend(new Construct(new Construct(stack, "Shop"), "Sales"), "Backend"), "Orders"),
    );

    expect(state).toEqual(declared);
  });

  it("takes the former path of the inner construct where both moved", () => {
    const { state, declared } = stateAfter(
      (stack) => new RestApi(new Construct(stack, "Old"), "OldApi", { restApiName: "a" }).root.addMethod("GET"),
      (stack) => {
        const parent = new Construct(stack, "New");
        const api = new RestApi(parent, "NewApi", { restApiName: "a" });
        api.root.addMethod("GET", new MockIntegration(), { throttle: "blocked" });
        movedFrom(parent, "Old");
        movedFrom(api, "Old/OldApi");
      },
    );

    expect(declared).toEqual(expect.arrayContaining([...state]));
  });

  it("renames a single resource, and a construct called Default", () => {
    const { state, declared } = stateAfter(
      (stack) => new SqsQueue(new Construct(stack, "Default"), "Queue"),
      (stack) => movedFrom(new SqsQueue(stack, "Events"), "Default/Queue"),
    );

    expect(state).toEqual(declared);
    expect(declared).toEqual(["aws_sqs_queue.Events"]);
  });

  it("leaves resources where they are that keep their addresses", () => {
    const terraform = synthApi((stack) => {
      const parent = new Construct(stack, "New");
      new SqsQueue(parent, "Queue").overrideLogicalId("events");
      movedFrom(parent, "Old");
      movedFrom(new SqsQueue(stack, "Same"), "Same");
    });

    expect(terraform.moved).toBeUndefined();
  });

  it("names the same addresses under a naming scheme of one's own", () => {
    const terraform = synthApi((stack) => {
      Object.defineProperty(stack, "allocateLogicalId", {
        value: (element: Construct) => element.node.path.split("/").slice(1).join("_"),
      });
      movedFrom(new SqsQueue(new Construct(stack, "New"), "Queue"), "Old/Queue");
    });

    expect(moves(terraform)).toEqual([{ from: "aws_sqs_queue.Old_Queue", to: "aws_sqs_queue.New_Queue" }]);
  });

  it.each<Refusal>([
    {
      code: "MOVED_ADDRESS_IN_USE",
      problem: "its resources cannot have stood at aws_sqs_queue.Old: other resources stand there now",
      build: () =>
        synthApi((stack) => {
          new SqsQueue(stack, "Old");
          movedFrom(new SqsQueue(stack, "New"), "Old");
        }),
    },
    {
      code: "MOVED_TWICE",
      problem: 'is said to have stood at "One", and at "Two"',
      build: () =>
        synthApi((stack) => {
          const queue = new SqsQueue(stack, "New");
          for (const path of ["One", "Two"]) movedFrom(queue, path);
        }),
    },
    ...["", "/Old", "Old/", "Old//Queue"].map(
      (path): Refusal => ({
        code: "MOVED_PATH_INVALID",
        problem: `must be ids joined by slashes, got "${path}"`,
        build: () => synthApi((stack) => movedFrom(new SqsQueue(stack, "New"), path)),
      }),
    ),
  ])("fails when it cannot be: $code, $problem", expectRefusal);
});
