import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type Check, mismatches, runChecks } from "./check";
import { patternError } from "./java-pattern";

const STATUS = /^[1-5]\d\d$/;

interface StatusSubject {
  /** Whose status it is, in the caller's words. */
  readonly place: string;
  readonly statusCode: string | undefined;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodResponse.html */
const STATUS_CHECKS: readonly Check<StatusSubject>[] = [
  {
    code: "RESPONSE_STATUS_INVALID",
    problem: ({ place, statusCode }) =>
      mismatches(statusCode, STATUS)
        ? `the statusCode of ${place} must be three digits from "100" to "599", got "${statusCode}"`
        : undefined,
    fix: 'write one status as a text, as in "404"',
  },
];

/** Records `RESPONSE_STATUS_INVALID`. */
export function checkStatus(scope: IConstruct, subject: StatusSubject): void {
  runChecks(scope, STATUS_CHECKS, subject);
}

interface MappedResponse {
  readonly statusCode: string;
  readonly selectionPattern?: string;
}

interface ResponsesSubject {
  readonly route: string;
  readonly responses: readonly MappedResponse[];
}

const RESPONSES_CHECKS: readonly Check<ResponsesSubject>[] = [
  {
    code: "SELECTION_PATTERN_INVALID",
    problem: ({ route, responses }) => {
      const [wrong] = responses.flatMap(({ selectionPattern = "" }) => {
        const reason = Token.isUnresolved(selectionPattern) ? undefined : patternError(selectionPattern);
        return reason === undefined ? [] : [`"${selectionPattern}": ${reason}`];
      });
      return wrong === undefined ? undefined : `a selectionPattern of "${route}" is no regular expression, ${wrong}`;
    },
    fix: "correct the pattern; put a backslash before a character that stands for itself",
  },
  {
    code: "SELECTION_PATTERN_DUPLICATE",
    problem: ({ route, responses }) => {
      const pattern = repeated(responses.map(patternOf));
      if (pattern === undefined) return undefined;
      return pattern === ""
        ? `two integration responses of "${route}" have no selectionPattern`
        : `two integration responses of "${route}" have the selectionPattern "${pattern}"`;
    },
    fix: "give each integration response its own selectionPattern; one may have none",
  },
  {
    code: "INTEGRATION_STATUS_DUPLICATE",
    problem: ({ route, responses }) => {
      const status = repeated(responses.map(({ statusCode }) => statusCode));
      return status === undefined
        ? undefined
        : `two integration responses of "${route}" have the statusCode ${status}, and AWS keeps one for each`;
    },
    fix: "join their selection patterns with |, or give them different status codes",
  },
];

/** The responses that can live side by side; what is wrong with one, or between two, is recorded. */
export function acceptedResponses<Response extends MappedResponse>(
  scope: IConstruct,
  route: string,
  responses: readonly Response[],
): readonly Response[] {
  for (const { statusCode } of responses) {
    checkStatus(scope, { place: `an integration response of "${route}"`, statusCode });
  }
  runChecks(scope, RESPONSES_CHECKS, { route, responses });
  return responses.filter((response, index) =>
    responses
      .slice(0, index)
      .every((it) => it.statusCode !== response.statusCode && patternOf(it) !== patternOf(response)),
  );
}

function patternOf({ selectionPattern = "" }: MappedResponse): string {
  return selectionPattern;
}

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
