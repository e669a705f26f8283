/** Characters that move the cursor, clear the screen, end a line or turn the direction of text, in one reading or another. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** A colour or another way to set letters, as libraries for terminals print it. */
const COLOUR = /\p{Cc}\[[\d;]*m/gu;

/** Most lines hold nothing else, and one look costs less than a search for what to replace. */
const PLAIN = /^[\t\x20-\x7e]*$/;

/** One line of text that can look like nothing but itself: whatever is no letter shows as `\u001b`, but for tabs. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(CONTROLS, (character) => (character === "\t" ? character : escapeOf(character)));
}

/** The same, with colours left as they are; they end with the line. */
export function visibleInColour(text: string): string {
  if (PLAIN.test(text)) return text;
  const colours = text.match(COLOUR)?.filter(isColour) ?? [];
  if (colours.length === 0) return visible(text);
  let rest = text;
  const parts = colours.map((colour) => {
    const at = rest.indexOf(colour);
    const part = visible(rest.slice(0, at)) + colour;
    rest = rest.slice(at + colour.length);
    return part;
  });
  return `${parts.join("")}${visible(rest)}${RESET}`;
}

const RESET = "\u001b[0m";

function isColour(sequence: string): boolean {
  return sequence.startsWith("\u001b");
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
