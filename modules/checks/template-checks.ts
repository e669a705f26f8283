import { Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { parse } from "velocityjs";
import type { ConfigurationError } from "../../definition/configuration-error";
import type { MethodDefinition } from "../../definition/method";
import type { RestApiDefinition } from "../../definition/rest-api";
import { allowedContextFields } from "../context-fields";
import type { UnknownField } from "../rest-api/access-log-field";
import { type Check, findProblems } from "./check";
import { unknownContextField } from "./context-field";
import { syntaxError, withoutComments } from "./template-syntax";
import { findWarnings, type Warning } from "./warning";

interface TemplateSubject {
  /** What it is the template of, in the caller's words. */
  readonly place: string;
  readonly template: string;
}

/** What is wrong for every reader of VTL. */
const VTL_CHECKS: readonly Check<TemplateSubject>[] = [
  {
    code: "TEMPLATE_DOES_NOT_PARSE",
    problem: ({ place, template }) => {
      const reason = syntaxError(template);
      return reason === undefined ? undefined : `${place} is no VTL: ${reason}`;
    },
    fix: "correct the template; write #[[ … ]]# around text that is not to be read as VTL",
  },
];

/**
 * What the parser of the local gateway does not take. It is not the one that AWS has, and refuses things that AWS takes,
 * such as doubled quotes in strings.
 */
const PARSER_CHECKS: readonly Check<TemplateSubject>[] = [
  {
    code: "TEMPLATE_NOT_UNDERSTOOD",
    problem: ({ place, template }) => {
      const reason = syntaxError(template) === undefined ? parserError(template) : undefined;
      return reason === undefined ? undefined : `${place} may be no VTL: ${reason}`;
    },
    fix: "correct the template, or try it on AWS: where AWS takes it, only the local gateway cannot run the route",
  },
];

interface ContextSubject extends TemplateSubject {
  /** Fields that are not in the list, and that AWS has all the same. */
  readonly allowed: readonly string[];
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
const CONTEXT_CHECKS: readonly Check<ContextSubject>[] = [
  {
    code: "CONTEXT_FIELD_UNKNOWN",
    problem: ({ place, template, allowed }) => unknown(place, unknownContextField(withoutComments(template), allowed)),
    fix: "correct the name, or call allowContextFields(stack, [name]) where AWS has added the field",
  },
];

/** What is wrong with the templates and mappings of a method. */
export function methodTemplates(scope: IConstruct, method: MethodDefinition): readonly ConfigurationError[] {
  const { integration } = method;
  const templates = templatesOf(method);
  const mappings = [integration.requestParameters, ...integration.responses.map((it) => it.responseParameters)];
  return [
    ...templates.flatMap((it) => findProblems(scope, VTL_CHECKS, it)),
    ...unknownFields(scope, [...templates, ...mappings.flatMap((it) => facts(routeOf(method), it))]),
  ];
}

/** Templates of a method that may be wrong. */
export function doubtfulTemplates(method: MethodDefinition): readonly Warning[] {
  return templatesOf(method).flatMap((it) => findWarnings(PARSER_CHECKS, it));
}

function templatesOf(method: MethodDefinition): readonly TemplateSubject[] {
  const { requestTemplates, responses } = method.integration;
  const route = routeOf(method);
  return [
    ...entries(requestTemplates, `the request template of ${route} for`),
    ...responses.flatMap((it) =>
      entries(it.responseTemplates, `the response template of ${route} for ${it.statusCode} and`),
    ),
  ];
}

function routeOf({ httpMethod, resourcePath }: MethodDefinition): string {
  return `"${httpMethod} ${resourcePath}"`;
}

function unknownFields(scope: IConstruct, subjects: readonly TemplateSubject[]): readonly ConfigurationError[] {
  const allowed = allowedContextFields(scope);
  return subjects.flatMap((it) => findProblems(scope, CONTEXT_CHECKS, { ...it, allowed }));
}

/** The same for gateway responses, which substitute text and run no VTL. */
export function gatewayResponseTemplates(
  scope: IConstruct,
  responses: RestApiDefinition["gatewayResponses"],
): readonly ConfigurationError[] {
  return Object.entries(responses).flatMap(([type, response]) => {
    const place = `the gateway response ${type}`;
    return unknownFields(scope, [
      ...entries(response.responseTemplates, `the template of ${place} for`),
      ...facts(place, response.responseParameters),
    ]);
  });
}

function entries(templates: Readonly<Record<string, string>>, place: string): readonly TemplateSubject[] {
  return Object.entries(templates).map(([type, template]) => ({
    place: `${place} ${type}`,
    template: withoutTokens(template),
  }));
}

/** Mapping expressions that name a fact, as in `context.requestId`. */
function facts(place: string, mappings: Readonly<Record<string, string>>): readonly TemplateSubject[] {
  return Object.entries(mappings)
    .filter(([, expression]) => expression.startsWith("context."))
    .map(([name, expression]) => ({ place: `${name} of ${place}`, template: `$${expression}` }));
}

function unknown(place: string, found: UnknownField | undefined): string | undefined {
  return found === undefined
    ? undefined
    : `${place} holds ${found.field}, which does not exist; the nearest is ${found.nearest}`;
}

/** References are written like VTL, and stand for a text that is not known yet. */
function withoutTokens(template: string): string {
  if (!Token.isUnresolved(template)) return template;
  return Tokenization.reverseString(template)
    .tokens.map((token) => Token.asString(token))
    .reduce((text, token) => text.replaceAll(token, "reference"), template);
}

function parserError(template: string): string | undefined {
  try {
    parse(template);
    return undefined;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split("\n") : [];
    return lines
      .filter((line) => !/^-*\^$/.test(line))
      .map((line) => line.trim())
      .join(" ");
  }
}
