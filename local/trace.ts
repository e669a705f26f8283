/** X-Ray identity of a request. */
export interface Trace {
  /** As the function and the backend get it in `X-Amzn-Trace-Id`. */
  readonly received: string;
  /** With parent and sampling decision, as the client gets it back. */
  readonly full: string;
}

/**
 * The trace of a request: an incoming Root, Parent and Sampled are kept, what is missing is made.
 * Source: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceOf(incoming: string | undefined, nowMillis: number, uuid: string, sampled: boolean): Trace {
  const hex = uuid.replaceAll("-", "");
  const fields = incoming === undefined ? NOTHING : fieldsOf(incoming);
  const seconds = Math.floor(nowMillis / 1000).toString(16);
  const root = fields.get("Root") ?? `1-${seconds.padStart(8, "0")}-${hex.slice(0, 24)}`;
  const parent = fields.get("Parent") ?? hex.slice(-16);
  const decision = fields.get("Sampled") ?? (sampled ? "1" : "0");
  return {
    received: fields.has("Root") && incoming ? incoming : `Root=${root}`,
    full: `Root=${root};Parent=${parent};Sampled=${decision}`,
  };
}

const NOTHING: ReadonlyMap<string, string> = new Map();

function fieldsOf(incoming: string): ReadonlyMap<string, string> {
  return new Map(incoming.split(";").map((field) => splitAtEquals(field.trim())));
}

function splitAtEquals(field: string): readonly [name: string, value: string] {
  const [name = "", value = ""] = field.split("=", 2);
  return [name, value];
}
