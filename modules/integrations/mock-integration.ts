import { Integration, type IntegrationConfig, type IntegrationOptions } from "./integration";

/** Chooses the default response: a template of a MOCK must give a status. */
const OK_TEMPLATE = { "application/json": '{"statusCode": 200}' };

/**
 * Answers without a backend.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export class MockIntegration extends Integration {
  constructor(options: Omit<IntegrationOptions, "credentialsRole" | "timeout"> = {}) {
    super(mockConfig(options));
  }
}

function mockConfig(options: IntegrationOptions): IntegrationConfig {
  return { type: "MOCK", options: { requestTemplates: OK_TEMPLATE, ...options } };
}
