import { Construct } from "constructs";
import { RestApi } from "../../../modules";
import { resourcesOf, synthApi } from "../../../modules/testing";
import type { Build } from "./change-row";

/** The hash by which the snapshot of this definition is retained. It is the same in every stack and in both emissions. */
export function snapshotHash(build: Build): () => string {
  let hash: string | undefined;
  return () => {
    hash ??= hashOf(build);
    return hash;
  };
}

function hashOf(build: Build): string {
  const terraform = synthApi((stack) =>
    build({
      scope: new Construct(stack, "Scope"),
      emission: "openapi",
      named: (ending) => `snapshot-${ending}`,
      api: ({ deployOptions, ...props } = {}) =>
        new RestApi(stack, "Api", {
          restApiName: "snapshot",
          deployOptions: { stageName: "v1", ...deployOptions },
          ...props,
        }),
    }),
  );
  const [address = ""] = Object.keys(resourcesOf(terraform, "aws_api_gateway_deployment"));
  return address.slice(-8);
}
