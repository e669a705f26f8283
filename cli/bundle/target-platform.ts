import type { BundleSettings } from "./bundle-settings";
import type { PackageJson } from "./installed-package";

type Architecture = BundleSettings["architecture"];

/** Lambda's architectures as Node.js names them, and as machines in the header of an ELF file. */
const MACHINES: Readonly<Record<Architecture, { readonly cpu: string; readonly machine: number }>> = {
  arm64: { cpu: "arm64", machine: 0xb7 },
  x86_64: { cpu: "x64", machine: 0x3e },
};

type Platform = Pick<PackageJson, "os" | "cpu" | "libc">;

/** Name of the processor as npm knows it. */
export function cpuOf(architecture: Architecture): string {
  return MACHINES[architecture].cpu;
}

/** True for a package that runs on some platforms alone. */
export function isForSomePlatforms({ os, cpu }: Platform): boolean {
  return os !== undefined || cpu !== undefined;
}

/** True for a package that runs on Lambda: Linux with glibc. */
export function runsOnLambda({ os, cpu, libc }: Platform, architecture: Architecture): boolean {
  return allows(os, "linux") && allows(cpu, cpuOf(architecture)) && allows(libc, "glibc");
}

/** True for native code that Lambda can load. */
export function isLoadable(file: Uint8Array, architecture: Architecture): boolean {
  const isElf = file[0] === 0x7f && file[1] === 0x45 && file[2] === 0x4c && file[3] === 0x46;
  return isElf && ((file[18] ?? 0) | ((file[19] ?? 0) << 8)) === MACHINES[architecture].machine;
}

/** As npm reads `os`, `cpu` and `libc`: a list of what is allowed, or of what is not. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.includes("any")) return true;
  const refused = list.filter((it) => it.startsWith("!"));
  return !refused.includes(`!${value}`) && (refused.length === list.length || list.includes(value));
}
