/** Enough for what templates have in common, and no burden. */
const MOST = 2000;

/**
 * A pure function of a text that remembers what it gave. Of an app with many templates most have the same expressions, and to
 * read and lay them out anew was a tenth of the time of a template.
 *
 * @param of - gives the same of the same text, and nothing that anybody changes
 */
export function remembered<Result>(of: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MOST) known.clear();
    const result = of(text);
    known.set(text, result);
    return result;
  };
}
