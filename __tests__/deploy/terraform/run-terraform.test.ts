import { terraformError } from "../../../deploy/terraform/run-terraform";

const LOCKED = `
╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, StatusCode: 412, RequestID: R1, HostID: H1, api error
│ Lock Info:
│   ID:        3a9a1a5e-0000-4000-8000-000000000000
│   Who:       ci@runner
│   Created:   2026-01-31 12:00:00.5 +0000 UTC
╵`;

describe("terraformError", () => {
  it.each<[string, string, string]>([
    ["STATE_LOCKED", LOCKED, "ci@runner, since 2026-01-31 12:00:00.5 +0000 UTC"],
    ["TERRAFORM_NOT_INITIALIZED", "Error: Backend initialization required, please run...", "`terraform init`"],
    ["AWS_CREDENTIALS_MISSING", "Error: No valid credential sources found", "AWS_PROFILE"],
    ["AWS_ACCOUNT_NOT_ALLOWED", "Error: AWS account ID not allowed: 222222222222", "222222222222"],
    ["TERRAFORM_FAILED", "\u001b[31m│\u001b[0m Error: Unsupported\n│ argument", "failed: Error: Unsupported argument"],
  ])("says %s in one message", (code, output, expected) => {
    const error = terraformError("cdktf.out/stacks/shop", "plan", output);

    expect(error.code).toBe(code);
    expect(error.message).toContain(expected);
  });

  it("names the command that takes the lock of a killed command away", () => {
    expect(terraformError("shop", "plan", LOCKED).fix).toContain("force-unlock 3a9a1a5e-0000-4000-8000-000000000000");
  });
});
