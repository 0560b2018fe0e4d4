/** Something that holds a resource until it is disposed of; disposing twice does nothing more. */
export interface Disposable {
  dispose(): void;
}

/** Owns disposables and disposes of all of them, last added first, even when one of them throws. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #isDisposed = false;

  /** Takes ownership. Added after the end, the item is disposed of at once. */
  add<T extends Disposable>(item: T): T {
    if (this.#isDisposed) {
      item.dispose();
    } else {
      this.#items.push(item);
    }
    return item;
  }

  /** @throws AggregateError of all that items threw, after every item had its turn. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const errors: unknown[] = [];
    for (const item of this.#items.splice(0).reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'disposing failed');
  }
}
