import { Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { parse } from "velocityjs";
import type { ConfigurationError } from "../../definition/configuration-error";
import type { MethodDefinition } from "../../definition/method";
import type { RestApiDefinition } from "../../definition/rest-api";
import type { UnknownField } from "../rest-api/access-log-field";
import { type Check, findProblems } from "./check";
import { unknownContextField } from "./context-field";

interface TemplateSubject {
  /** What it is the template of, in the caller's words. */
  readonly place: string;
  readonly template: string;
}

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

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
const CONTEXT_CHECKS: readonly Check<TemplateSubject>[] = [
  {
    code: "CONTEXT_FIELD_UNKNOWN",
    problem: ({ place, template }) => unknown(place, unknownContextField(template)),
    fix: "correct the name: API Gateway knows no other fields there",
  },
];

/** What is wrong with the templates and mappings of a method. */
export function methodTemplates(scope: IConstruct, method: MethodDefinition): readonly ConfigurationError[] {
  const { integration } = method;
  const route = `"${method.httpMethod} ${method.resourcePath}"`;
  const requests = entries(integration.requestTemplates, `the request template of ${route} for`);
  const responses = integration.responses.flatMap((it) =>
    entries(it.responseTemplates, `the response template of ${route} for ${it.statusCode} and`),
  );
  const mappings = [integration.requestParameters, ...integration.responses.map((it) => it.responseParameters)];
  return [
    ...[...requests, ...responses].flatMap((it) => findProblems(scope, [...VTL_CHECKS, ...CONTEXT_CHECKS], it)),
    ...mappings.flatMap((it) => facts(route, it)).flatMap((it) => findProblems(scope, CONTEXT_CHECKS, it)),
  ];
}

/** The same for gateway responses, which substitute text and run no VTL. */
export function gatewayResponseTemplates(
  scope: IConstruct,
  responses: RestApiDefinition["gatewayResponses"],
): readonly ConfigurationError[] {
  return Object.entries(responses).flatMap(([type, response]) => {
    const place = `the gateway response ${type}`;
    const subjects = [
      ...entries(response.responseTemplates, `the template of ${place} for`),
      ...facts(place, response.responseParameters),
    ];
    return subjects.flatMap((subject) => findProblems(scope, CONTEXT_CHECKS, subject));
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

function syntaxError(template: string): string | undefined {
  try {
    parse(template);
    return unbalanced(template);
  } catch (error) {
    const lines = error instanceof Error ? error.message.split("\n") : [];
    return lines
      .filter((line) => !/^-*\^$/.test(line))
      .map((line) => line.trim())
      .join(" ");
  }
}

/** Blocks begin with one of these, and end with #end. The parser forgives one that is missing. */
const BLOCKS = /#\[\[[\s\S]*?\]\]#|##[^\n]*|#\*[\s\S]*?\*#|\\#|#\{?(if|foreach|macro|define|end)\b\}?/g;

function unbalanced(template: string): string | undefined {
  let open = 0;
  for (const [, directive] of template.matchAll(BLOCKS)) {
    if (directive === undefined) continue;
    open += directive === "end" ? -1 : 1;
    if (open < 0) return "an #end has no beginning";
  }
  return open > 0 ? "an #end is missing" : undefined;
}
