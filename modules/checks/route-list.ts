/** Routes in a message: the first three, the rest by number. */
export function routeList(routes: readonly string[]): string {
  const named = routes.slice(0, 3).map((route) => `"${route}"`);
  const rest = routes.length - named.length;
  return rest === 0 ? named.join(", ") : `${named.join(", ")} and ${rest} more`;
}
