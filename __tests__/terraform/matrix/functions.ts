import type { Json, JsonObject } from "../../../definition/json";
import { awsClient } from "../../support/twin/client";
import { objectOr, text, textMap } from "../../support/twin/json-values";
import { PLACE } from "./synth-rows";

/** A function as callers get it: by its alias. */
export interface FunctionFacts {
  /** Base64 of the hash of its zip; absent when the alias is missing. */
  readonly codeSha256: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Functions by name. */
export type Functions = Readonly<Record<string, FunctionFacts>>;

/** What a root declares for the functions of a row: a plan compares the code with the state only, never with AWS. */
export function declaredFunctions({ resource }: JsonObject, row: string): Functions {
  const declared = Object.values(objectOr(objectOr(resource).aws_lambda_function)).map(objectOr);
  const own = declared.filter(({ function_name }) => isOf(row, function_name));
  return Object.fromEntries(
    own.map(({ function_name, source_code_hash, environment }) => [
      String(function_name),
      { codeSha256: text(source_code_hash), environment: textMap(objectOr(environment).variables) },
    ]),
  );
}

/** What the aliases of all functions show. */
export async function liveFunctions(motoUrl: string): Promise<Functions> {
  const account = awsClient(motoUrl, { region: PLACE.region, account: PLACE.accountId });
  const { body } = await account.rest("lambda", "GET", "/2015-03-31/functions/");
  const functions: readonly Json[] = Array.isArray(body.Functions) ? body.Functions : [];
  const names = functions.map((listed) => objectOr(listed).FunctionName);
  const entries = names.map(async (name): Promise<[string, FunctionFacts]> => {
    const { body: answer } = await account.rest("lambda", "GET", `/2015-03-31/functions/${name}?Qualifier=live`);
    const { CodeSha256, Environment } = objectOr(answer.Configuration);
    return [String(name), { codeSha256: text(CodeSha256), environment: textMap(objectOr(Environment).Variables) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Those of a row. */
export function functionsOf(row: string, functions: Functions): Functions {
  return Object.fromEntries(Object.entries(functions).filter(([name]) => isOf(row, name)));
}

function isOf(row: string, functionName: Json | undefined): boolean {
  return String(functionName).startsWith(`${row}-`);
}
