import { Construct } from "constructs";
import { PolicyStatement } from "../iam/policy-statement";
import type { ArnTarget } from "./function-props";
import type { Verb } from "./grant-table";
import { grantStatements } from "./grants";
import { arnOf } from "./target-arn";

/**
 * Something that is granted access, with the names of AWS CDK turned round: its `table.grantReadData(fn)` is
 * `fn.grantReadData(table)` here, because tables are plain cdktf resources.
 *
 * Each method takes a cdktf resource, a data source, `{ arn }` or an ARN, and writes the actions for it, for its parts
 * (indexes, objects) and for the customer-managed key that the resource is declared with. All throw
 * `GRANT_TARGET_INVALID` for other types of resources and `GRANT_KEY_UNKNOWN` for keys by alias.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export abstract class Granted extends Construct {
  /** Lets it do what a statement allows. */
  abstract addToRolePolicy(statement: PolicyStatement): void;

  /** Lets it do `actions` on one resource or several. */
  grant(targets: ArnTarget | readonly ArnTarget[], ...actions: readonly string[]): void {
    const resources = (isList(targets) ? targets : [targets]).map(arnOf);
    this.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }

  /** Reads items of a table and its indexes. */
  grantReadData(table: ArnTarget): void {
    this.allow("grantReadData", table);
  }

  /** Puts, updates and deletes items of a table. */
  grantWriteData(table: ArnTarget): void {
    this.allow("grantWriteData", table);
  }

  /** Reads, puts, updates and deletes items of a table. */
  grantReadWriteData(table: ArnTarget): void {
    this.allow("grantReadWriteData", table);
  }

  /** Sends messages to a queue. */
  grantSendMessages(queue: ArnTarget): void {
    this.allow("grantSendMessages", queue);
  }

  /** Receives and deletes messages of a queue. */
  grantConsumeMessages(queue: ArnTarget): void {
    this.allow("grantConsumeMessages", queue);
  }

  /** Publishes to a topic. */
  grantPublish(topic: ArnTarget): void {
    this.allow("grantPublish", topic);
  }

  /** Puts events on an event bus. */
  grantPutEventsTo(eventBus: ArnTarget): void {
    this.allow("grantPutEventsTo", eventBus);
  }

  /** Starts executions of a state machine. */
  grantStartExecution(stateMachine: ArnTarget): void {
    this.allow("grantStartExecution", stateMachine);
  }

  /** Reads a secret, an SSM parameter, the objects of a bucket or the records of a stream. */
  grantRead(target: ArnTarget): void {
    this.allow("grantRead", target);
  }

  /** Writes a secret, an SSM parameter, the objects of a bucket or the records of a stream. */
  grantWrite(target: ArnTarget): void {
    this.allow("grantWrite", target);
  }

  /** Reads and writes a secret, an SSM parameter, the objects of a bucket or the records of a stream. */
  grantReadWrite(target: ArnTarget): void {
    this.allow("grantReadWrite", target);
  }

  /** Decrypts with a KMS key. */
  grantDecrypt(key: ArnTarget): void {
    this.allow("grantDecrypt", key);
  }

  /** Encrypts with a KMS key. */
  grantEncrypt(key: ArnTarget): void {
    this.allow("grantEncrypt", key);
  }

  /** Encrypts and decrypts with a KMS key. */
  grantEncryptDecrypt(key: ArnTarget): void {
    this.allow("grantEncryptDecrypt", key);
  }

  private allow(verb: Verb, target: ArnTarget): void {
    for (const statement of grantStatements(this, verb, target)) this.addToRolePolicy(statement);
  }
}

function isList(targets: ArnTarget | readonly ArnTarget[]): targets is readonly ArnTarget[] {
  return Array.isArray(targets);
}
