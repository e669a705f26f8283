import { LambdaIntegration, MockIntegration, NodejsFunction, RestApi } from "../../../modules";
import { normalizeTerraform, synthApi, terraformSnapshotSerializer } from "../../../modules/testing";

describe("normalizeTerraform", () => {
  it("shows documents, policies and log formats as objects", () => {
    const policy = '{"Statement":[{"Resource":["$${aws:username}"]}]}';

    const normalized = normalizeTerraform({
      resource: {
        aws_iam_role_policy: { A: { policy } },
        aws_api_gateway_rest_api_put: { B: { body: '{"info":{"title":"$${x}","definition":"kept"}}' } },
      },
    });

    expect(normalized).toEqual({
      resource: {
        aws_iam_role_policy: { A: { policy: { Statement: [{ Resource: ["$${aws:username}"] }] } } },
        aws_api_gateway_rest_api_put: { B: { body: { info: { title: "${x}", definition: "kept" } } } },
      },
    });
  });

  it("is the same for another build of the same functions, in another folder", () => {
    const build = (hash: string, folder: string) => ({
      "//": { metadata: { version: hash } },
      resource: {
        aws_lambda_function: { Fn: { filename: `assets/Fn_Code_${hash}/${hash}/fn.zip`, source_code_hash: hash } },
        local_file: { File: { path: `${folder}/x` } },
      },
    });

    expect(normalizeTerraform(build("a1", process.cwd()))).toEqual(normalizeTerraform(build("b2", process.cwd())));
    expect(normalizeTerraform(build("a1", process.cwd()))).toMatchObject({
      resource: {
        aws_lambda_function: { Fn: { filename: "assets/fn.zip" } },
        local_file: { File: { path: "<project>/x" } },
      },
    });
  });

  it("changes in one place when a route changes: the document", () => {
    const build = (statusCode: string) =>
      synthApi((stack) => {
        const api = new RestApi(stack, "Api");
        const handler = new NodejsFunction(stack, "Fn", { bundle: "fn" });
        api.root.addMethod("POST", new LambdaIntegration(handler));
        api.root.addMethod("GET", new MockIntegration({ integrationResponses: [{ statusCode }] }));
      });

    const [before, after] = [build("200"), build("204")].map((it) => JSON.stringify(normalizeTerraform(it)));

    expect(before).not.toBe(after);
    expect(before?.replaceAll("200", "204")).toBe(after?.replaceAll("200", "204"));
  });
});

describe("terraformSnapshotSerializer", () => {
  it("takes Terraform JSON, once", () => {
    const printed: unknown[] = [];

    terraformSnapshotSerializer.print({ resource: {} }, (value) => String(printed.push(value)));

    expect(terraformSnapshotSerializer.test({ resource: {} })).toBe(true);
    expect(terraformSnapshotSerializer.test(printed[0])).toBe(false);
    expect(terraformSnapshotSerializer.test({ other: 1 })).toBe(false);
    expect(terraformSnapshotSerializer.test(null)).toBe(false);
  });
});
