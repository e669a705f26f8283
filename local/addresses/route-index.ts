import type { Route } from "../exchange";
import { percentDecoded } from "../http/percent-decoded";

/** Routes that may serve a path, in the order of the definition; with few exceptions those that do. */
export type RouteIndex = (httpMethod: string, segments: readonly string[]) => readonly Route[];

/** Where the segments of some routes have led: what ends here, and what goes on. */
interface Place {
  /** Routes that end here, and those whose greedy variable begins here, with their positions in the definition. */
  readonly ending: Positioned[];
  readonly greedy: Positioned[];
  readonly byText: Map<string, Place>;
  byVariable?: Place;
}

interface Positioned {
  readonly position: number;
  readonly route: Route;
}

/** The variable that a segment of a pattern stands for. */
export function variableOf(segment: string): { readonly name: string; readonly isGreedy: boolean } | undefined {
  const [, name, greedy] = /^\{(.+?)(\+?)\}$/.exec(segment) ?? [];
  return name === undefined ? undefined : { name, isGreedy: greedy !== "" };
}

/** Makes it unnecessary to look at every route for every request: the time to find one does not grow with their number. */
export function routeIndex(routes: readonly Route[]): RouteIndex {
  const roots = new Map<string, Place>();
  for (const [position, route] of routes.entries()) {
    const { httpMethod } = route.method;
    const root = roots.get(httpMethod) ?? emptyPlace();
    roots.set(httpMethod, root);
    add(root, { position, route });
  }
  return (httpMethod, segments) => {
    const found: Positioned[] = [];
    for (const verb of [httpMethod, "ANY"]) {
      const root = roots.get(verb);
      if (root) collect(root, segments, 0, found);
    }
    return found.sort((a, b) => a.position - b.position).map(({ route }) => route);
  };
}

function emptyPlace(): Place {
  return { ending: [], greedy: [], byText: new Map() };
}

function add(root: Place, positioned: Positioned): void {
  let place = root;
  for (const segment of positioned.route.segments) {
    const variable = variableOf(segment);
    if (variable?.isGreedy) {
      place.greedy.push(positioned);
      return;
    }
    place = variable ? throughVariable(place) : throughText(place, segment);
  }
  place.ending.push(positioned);
}

function throughVariable(place: Place): Place {
  place.byVariable ??= emptyPlace();
  return place.byVariable;
}

function throughText(place: Place, text: string): Place {
  const next = place.byText.get(text) ?? emptyPlace();
  place.byText.set(text, next);
  return next;
}

function collect(place: Place, segments: readonly string[], depth: number, found: Positioned[]): void {
  const segment = segments[depth];
  if (segment === undefined) {
    found.push(...place.ending);
    return;
  }
  found.push(...place.greedy);
  const decoded = percentDecoded(segment);
  const asWritten = place.byText.get(segment);
  const asMeant = decoded === segment ? undefined : place.byText.get(decoded);
  for (const next of [asWritten, asMeant, place.byVariable]) {
    if (next) collect(next, segments, depth + 1, found);
  }
}
