/** Whose tokens the kit asks for. The agent is needed; the others can be left out with `--without`. */
export const roles = [
  'agent',
  'administrator',
  'customer',
  'other-customer',
  /** A customer of the same account as `customer`. */
  'co-worker',
  /** An agent of another department than `agent`. */
  'other-department',
] as const;
/** Somebody the kit acts as. */
export type Role = (typeof roles)[number];

/** Gives a token of somebody, a new one at each call. */
export type TokenOf = (role: Role) => Promise<string>;
