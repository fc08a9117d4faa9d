/**
 * Does some work for each item when it is asked for, and already begins with the next one: two at a time for whoever asks for
 * them in order, and little in vain for whoever asks for one.
 */
export class OneAhead<T, R> {
  private readonly begun = new Map<T, Promise<R>>();

  constructor(
    private readonly items: readonly T[],
    private readonly work: (item: T) => Promise<R>,
  ) {}

  public of(item: T): Promise<R> {
    const result = this.begin(item);
    const next = this.items[this.items.indexOf(item) + 1];
    if (next !== undefined) this.begin(next).catch(() => undefined);
    return result;
  }

  /** When nothing is under way any more. */
  public async settled(): Promise<void> {
    await Promise.allSettled(this.begun.values());
  }

  private begin(item: T): Promise<R> {
    const begun = this.begun.get(item) ?? this.work(item);
    this.begun.set(item, begun);
    return begun;
  }
}
