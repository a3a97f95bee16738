import type { CaseClient } from '../../src/client/client.js';
import type { BulkInput, BulkResult } from '../../src/contract/bulk.js';

// Fewer than a call may name: whoever waits sees it move, and can stop soon.
const perCall = 50;

/**
 * One thing done to many cases, call after call. What was answered is kept when a later call fails, and the run then goes
 * on from there under the same key: nothing is done twice.
 */
export class BulkRun {
  readonly input: BulkInput;
  readonly #results: BulkResult[] = [];
  #stopped = false;

  constructor(input: BulkInput) {
    this.input = input;
  }

  /** What is known, in the order asked. */
  get results(): readonly BulkResult[] {
    return this.#results;
  }

  /** The cases whose fate is not known. */
  get rest(): BulkInput['cases'] {
    return this.input.cases.slice(this.#results.length);
  }

  get total(): number {
    return this.input.cases.length;
  }

  /** Whether it takes more than one call. */
  get isLong(): boolean {
    return this.total > perCall;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Sends no further call. */
  stop(): void {
    this.#stopped = true;
  }

  /** Sends what is left. `onProgress` is told after each call. */
  async send(client: CaseClient, key: string, onProgress: () => void): Promise<readonly BulkResult[]> {
    this.#stopped = false;
    while (this.rest.length > 0 && !this.#stopped) {
      const cases = this.rest.slice(0, perCall);
      const place = this.#results.length;
      const { results } = await client.cases.bulk(
        { ...this.input, cases },
        { idempotencyKey: place === 0 ? key : `${key} ${place}` },
      );
      this.#results.push(...results);
      onProgress();
    }
    return this.#results;
  }
}
