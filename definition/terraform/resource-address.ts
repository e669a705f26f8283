/** Parts of an address as in `module.shop["eu.west"].data.aws_region.current`. */
export interface ResourceAddress {
  readonly isInModule: boolean;
  readonly isData: boolean;
  readonly type: string;
  /** Without the key of an instance. */
  readonly name: string;
}

const ADDRESS = /^(?<module>(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)(?<data>data\.)?(?<type>[^.]+)\.(?<name>[^.[]+)/;

/** Parts of the address of a resource or data source; all empty for what is none. */
export function parseAddress(address: string): ResourceAddress {
  const { module = "", data, type = "", name = "" } = ADDRESS.exec(address)?.groups ?? {};
  return { isInModule: module !== "", isData: data !== undefined, type, name };
}
