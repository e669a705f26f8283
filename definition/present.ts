/** The same object without members whose value is `undefined`, so that absent and undefined compare as equal. */
export function present<Members extends object>(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Members;
}
