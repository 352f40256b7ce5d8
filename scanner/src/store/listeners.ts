// Who wants to know when something changed?

/** Those who are told of changes. One that throws disturbs neither the others nor what was changed. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  /** Adds one; gives how to take it away. */
  add(listener: (value: T) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  /** Tells all. What one throws is left to the page's own handler of errors. */
  tell(value: T): void {
    for (const listener of [...this.#all]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
