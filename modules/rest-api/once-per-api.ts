/** Things that exist once in an API, made on first use: permissions, roles. */
export class OncePerApi<Made> {
  private readonly made = new WeakMap<object, Map<string, Made>>();

  get(api: object, id: string, make: (id: string) => Made): Made {
    const ofApi = this.made.get(api) ?? new Map<string, Made>();
    this.made.set(api, ofApi);
    const found = ofApi.get(id) ?? make(id);
    ofApi.set(id, found);
    return found;
  }
}
