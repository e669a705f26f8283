/** Tags that nobody but the owner sets; AWS keeps those that begin with `aws:` for itself. */
export function ownTags(tags: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}
