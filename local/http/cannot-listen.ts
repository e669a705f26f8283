import { ConfigurationError } from "../../definition/configuration-error";

/** Where somebody wanted to listen, and what to do when that cannot be. */
export interface ListenPlace {
  readonly host: string;
  readonly port: number;
  /** When another program listens there. */
  readonly fixInUse: string;
  /** In all other cases. */
  readonly fix: string;
}

/** Why a server cannot listen: `PORT_IN_USE` or `CANNOT_LISTEN`. */
export function cannotListen(
  error: NodeJS.ErrnoException,
  { host, port, fixInUse, fix }: ListenPlace,
): ConfigurationError {
  const place = `${host}:${port}`;
  return error.code === "EADDRINUSE"
    ? new ConfigurationError("PORT_IN_USE", place, `port ${port} is in use by another program`, fixInUse, {
        cause: error,
      })
    : new ConfigurationError("CANNOT_LISTEN", place, `cannot listen: ${error.message}`, fix, { cause: error });
}
