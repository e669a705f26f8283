import type { JsonObject } from "../../../definition/json";
import { badRequest, conflict, notFound } from "./http";

/** One path of an API that is made of single resources. */
export interface ResourceRecord {
  readonly id: string;
  /** Absent for the root. */
  readonly parentId?: string;
  readonly pathPart?: string;
  /** Methods by verb, as GetMethod answers them. */
  readonly methods: Map<string, JsonObject>;
}

/** The paths of one API, by id. */
export class ResourceTree {
  readonly #resources: Map<string, ResourceRecord>;

  constructor(rootId: string) {
    this.#resources = new Map([[rootId, { id: rootId, methods: new Map() }]]);
  }

  get(id: string): ResourceRecord {
    const resource = this.#resources.get(id);
    if (!resource) throw notFound("Invalid Resource identifier specified");
    return resource;
  }

  /** Adds a path, or puts a changed one in its place. Refuses what AWS refuses beside others of the same parent. */
  set(resource: ResourceRecord): void {
    const { id, parentId = "", pathPart = "" } = resource;
    this.get(parentId);
    const siblings = [...this.#resources.values()].filter((other) => other.parentId === parentId && other.id !== id);
    if (siblings.some((other) => other.pathPart === pathPart)) {
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    }
    const variable = siblings.find((other) => isVariable(other.pathPart));
    if (isVariable(pathPart) && variable) {
      throw badRequest(
        `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
    }
    this.#resources.set(id, resource);
  }

  /** Takes a path away, with all below it. */
  delete(id: string): void {
    this.#resources.delete(this.get(id).id);
    for (const child of [...this.#resources.values()]) if (child.parentId === id) this.delete(child.id);
  }

  /** As the control plane answers it: methods by verb, whole where they are asked for. */
  describe({ id, parentId, pathPart, methods }: ResourceRecord, withMethods: boolean): JsonObject {
    const entries = [...methods].map(([verb, method]) => [verb, withMethods ? structuredClone(method) : {}]);
    return {
      id,
      path: this.#pathOf(id),
      ...(parentId !== undefined && { parentId, pathPart: pathPart ?? "" }),
      ...(entries.length > 0 && { resourceMethods: Object.fromEntries(entries) }),
    };
  }

  all(): readonly ResourceRecord[] {
    return [...this.#resources.values()];
  }

  #pathOf(id: string): string {
    const { parentId, pathPart } = this.get(id);
    return parentId === undefined ? "/" : `${this.#pathOf(parentId).replace(/\/$/, "")}/${pathPart}`;
  }
}

function isVariable(pathPart: string | undefined): boolean {
  return pathPart?.startsWith("{") === true && !pathPart.endsWith("+}");
}
