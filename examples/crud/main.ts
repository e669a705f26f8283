import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { HeadgateStack, LambdaIntegration, Model, NodejsFunction, RestApi, synthesize } from "headgate";
import { noteSchema } from "./contracts/note";

const TABLE = "crud-notes";

/** What each function may do to the table, and nothing else. */
const ACTIONS = {
  "list-notes": "dynamodb:Scan",
  "get-note": "dynamodb:GetItem",
  "put-note": "dynamodb:PutItem",
  "delete-note": "dynamodb:DeleteItem",
} as const;

/** One table, one function for each verb, and one schema for gateway and handler. */
synthesize((app) => {
  const stack = new HeadgateStack(app, "crud", { region: "eu-west-1" });
  const table = new DynamodbTable(stack, "Notes", {
    name: TABLE,
    billingMode: "PAY_PER_REQUEST",
    hashKey: "noteId",
    attribute: [{ name: "noteId", type: "S" }],
  });

  function lambda(bundle: keyof typeof ACTIONS): LambdaIntegration {
    const handler = new NodejsFunction(stack, bundle, { bundle, environment: { NOTES_TABLE: TABLE } });
    handler.grant(table, ACTIONS[bundle]);
    return new LambdaIntegration(handler);
  }

  const api = new RestApi(stack, "Api", {
    restApiName: "crud",
    defaultCorsPreflightOptions: { allowOrigins: ["https://notes.example.com"] },
    deployOptions: { stageName: "v1", throttlingRateLimit: 50, throttlingBurstLimit: 20 },
  });
  api.route("GET /notes", lambda("list-notes"));
  api.route("GET /notes/{noteId}", lambda("get-note"));
  api.route("PUT /notes/{noteId}", lambda("put-note"), { requestBody: Model.fromZod("Note", noteSchema) });
  api.route("DELETE /notes/{noteId}", lambda("delete-note"));
});
