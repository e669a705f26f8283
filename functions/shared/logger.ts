import { Logger } from "@aws-lambda-powertools/logger";

/** Structured log of the function; service name and level come from POWERTOOLS_SERVICE_NAME and LOG_LEVEL. */
export const logger = new Logger();
