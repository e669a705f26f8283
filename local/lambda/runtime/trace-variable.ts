const NAME = "_X_AMZN_TRACE_ID";

/**
 * Lets `process.env` have a new trace id for every request. Written into the real environment, each would stay in memory for ever:
 * the C library keeps the values that a variable once had.
 */
export function traceVariable(): (traceId: string) => void {
  let current = "";
  process.env[NAME] = current;
  process.env = new Proxy(process.env, {
    get: (variables, name) => (name === NAME ? current : Reflect.get(variables, name)),
    set: (variables, name, value) => {
      if (name !== NAME) return Reflect.set(variables, name, value);
      current = String(value);
      return true;
    },
  });
  return (traceId) => {
    current = traceId;
  };
}
