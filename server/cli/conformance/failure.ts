/** A promise of the contract that was not kept: what was asked, what came, and what the contract says. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly asked: string;
  readonly came: string;

  constructor(says: string, asked = '', came = '') {
    super(says);
    this.asked = asked;
    this.came = came;
  }

  /** What the contract says. */
  get says(): string {
    return this.message;
  }
}

/** That something cannot be looked at here, and why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

/** Leaves a case out, and says why. */
export function skip(reason: string): never {
  throw new Skipped(reason);
}
