import { acceptedMediaTypes, DEFAULT_MEDIA_TYPE, mediaTypeOf } from "../http/media-types";

/** Templates by content type, as the definition has them. */
type Templates = Readonly<Record<string, string>>;

/** A template with the media type that it is for. */
export interface SelectedTemplate {
  readonly mediaType: string;
  readonly template: string;
}

/** The request template for a body of this content type; parameters such as `charset` do not count. */
export function selectRequestTemplate(templates: Templates, contentType: string | undefined): string | undefined {
  const wanted = mediaTypeOf(contentType) || DEFAULT_MEDIA_TYPE;
  return find(templates, wanted)?.template ?? templates.$default;
}

/**
 * The response template for the first media type that the client accepts, the only one that API Gateway looks at, else the
 * one for JSON, else the first.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function selectResponseTemplate(templates: Templates, accept: string | undefined): SelectedTemplate | undefined {
  const [wanted = DEFAULT_MEDIA_TYPE] = acceptedMediaTypes(accept);
  return find(templates, wanted) ?? find(templates, DEFAULT_MEDIA_TYPE) ?? first(templates);
}

function find(templates: Templates, wanted: string): SelectedTemplate | undefined {
  const found = Object.entries(templates).find(([contentType]) => mediaTypeOf(contentType) === wanted);
  return found && { mediaType: found[0], template: found[1] };
}

function first(templates: Templates): SelectedTemplate | undefined {
  const [found] = Object.entries(templates);
  return found && { mediaType: found[0], template: found[1] };
}
