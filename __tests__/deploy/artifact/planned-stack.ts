import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { JsonObject } from "../../../definition/json";

export const CODE_PATH = "assets/Code_1/2/code.zip";

/** A synthesized stack with one function, and the plan that Terraform would have saved of it. */
export interface PlannedStack {
  /** Everything stands below it. */
  readonly root: string;
  readonly stackFolder: string;
  readonly planFile: string;
  /** Where an artifact may go. */
  readonly into: string;
  /** Exchanges a file of the stack. */
  write(path: string, content: string): void;
  remove(): void;
}

/** @param changes to the Terraform JSON of the stack */
export function planStack(changes: JsonObject = {}): PlannedStack {
  const root = mkdtempSync(join(tmpdir(), "headgate-artifact-"));
  const stackFolder = join(root, "stack");
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(stackFolder, path)), { recursive: true });
    writeFileSync(join(stackFolder, path), content);
  };
  const configuration = JSON.stringify({ ...stackJson("the code"), ...changes });
  write("cdk.tf.json", configuration);
  write("imports.tf.json", "{}");
  write(CODE_PATH, "the code");
  write("assets/Page_3/4/page.html", "<html>");
  write(".terraform.lock.hcl", "# hashes");
  write(".terraform/terraform.tfstate", "Terraform's own");
  const planFile = join(root, "orders.tfplan");
  const planned = {
    tfplan: strToU8("opaque"),
    "tfconfig/m-/cdk.tf.json": strToU8(configuration),
    "tfconfig/m-/imports.tf.json": strToU8("{}"),
  };
  writeFileSync(planFile, zipSync(planned));
  return {
    root,
    stackFolder,
    planFile,
    into: join(root, "sealed"),
    write,
    remove: () => rmSync(root, { recursive: true }),
  };
}

function stackJson(code: string): JsonObject {
  const hash = createHash("sha256").update(code).digest("base64");
  return {
    terraform: { backend: { s3: { bucket: "states" } } },
    resource: { aws_lambda_function: { Fn: { filename: CODE_PATH, source_code_hash: hash } } },
  };
}

/** A function whose code is at another path. */
export function stackWithCodeAt(filename: string): JsonObject {
  return { resource: { aws_lambda_function: { Fn: { filename } } } };
}
