import { changing, type FunctionTable, InvalidExpression, numberOf, textOf } from "./terraform-function";

/** Ranges of IPv4 addresses; those of IPv6 are not evaluated. Source: https://developer.hashicorp.com/terraform/language/functions/cidrsubnet */
export const CIDR_FUNCTIONS: FunctionTable = {
  cidrhost: changing(([prefix, host]) =>
    ofRange(textOf(prefix), (range) => addressText(hostOf(range, numberOf(host)))),
  ),
  cidrnetmask: changing(([prefix]) => ofRange(textOf(prefix), ({ bits }) => addressText(maskOf(bits)))),
  cidrsubnet: changing(([prefix, newBits, number]) =>
    ofRange(textOf(prefix), (range) => subnetOf(range, numberOf(newBits), numberOf(number))),
  ),
  cidrsubnets: changing(([prefix, ...newBits]) =>
    ofRange(textOf(prefix), (range) => {
      let next = range.start;
      return newBits.map((added) => {
        const bits = range.bits + numberOf(added);
        const size = 2 ** (32 - bits);
        const start = Math.ceil(next / size) * size;
        next = start + size;
        return `${addressText(start)}/${bits}`;
      });
    }),
  ),
};

const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

interface Range {
  readonly start: number;
  readonly bits: number;
}

function ofRange<Result>(prefix: string, compute: (range: Range) => Result): Result | undefined {
  const [address = "", length = ""] = prefix.split("/");
  if (prefix.includes(":")) return undefined;
  if (!ADDRESS.test(address) || !/^\d+$/.test(length) || Number(length) > 32)
    throw new InvalidExpression(`${prefix} is no range`);
  const bits = Number(length);
  const size = 2 ** (32 - bits);
  const number = address.split(".").reduce((total, part) => total * 256 + Number(part), 0);
  return compute({ start: Math.floor(number / size) * size, bits });
}

function hostOf({ start, bits }: Range, host: number): number {
  const size = 2 ** (32 - bits);
  if (host >= size || host < -size) throw new InvalidExpression(`there is no host ${host}`);
  return start + (host < 0 ? size + host : host);
}

function subnetOf({ start, bits }: Range, added: number, number: number): string {
  const length = bits + added;
  if (length > 32 || number >= 2 ** added) throw new InvalidExpression(`there is no subnet ${number}`);
  return `${addressText(start + number * 2 ** (32 - length))}/${length}`;
}

function maskOf(bits: number): number {
  return 2 ** 32 - 2 ** (32 - bits);
}

function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
