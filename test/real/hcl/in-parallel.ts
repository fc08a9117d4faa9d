/** Does some work for each item, a few at a time and in order; whoever waits for one gets it when it is done. */
export function inParallel<T, R>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Map<T, Promise<R>> {
  const results = new Map<T, Promise<R>>();
  const running: Promise<unknown>[] = Array.from({ length: lanes }, () => Promise.resolve());
  for (const item of items) {
    // Lanes take turns: a long item holds up every so many items, which hardly matters where most are alike.
    const before = running.shift() ?? Promise.resolve();
    const result = before.then(() => work(item));
    results.set(item, result);
    running.push(result.catch(() => undefined));
  }
  return results;
}
