import { createHash } from "node:crypto";
import { objectOr, text } from "./json-values";
import { type Operation, parameter } from "./operation";

/** Lambda's operations where moto's answer depends on what it forgets. */
export const FUNCTION_OPERATIONS: Readonly<Record<string, Operation>> = {
  /**
   * To moto every upload is a change, so that the same code would be published twice.
   * Source: https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
   */
  async UpdateFunctionCode(context) {
    const { ZipFile, Architectures, Publish } = context.call.parameters;
    const path = `/2015-03-31/functions/${parameter(context, "FunctionName")}/configuration`;
    const current = await context.forward({ method: "GET", path, body: {} });
    if (current.status >= 300 || Publish === true) return context.forward();
    const configuration = objectOr(JSON.parse(current.body.toString()));
    const hash = createHash("sha256")
      .update(Buffer.from(text(ZipFile) ?? "", "base64"))
      .digest("base64");
    const isSame =
      configuration.CodeSha256 === hash &&
      JSON.stringify(Architectures ?? configuration.Architectures) === JSON.stringify(configuration.Architectures);
    return isSame ? current : context.forward();
  },
};
