import type { Capabilities } from '../../../src/contract/session.js';
import type { Role } from './roles.js';
import type { World } from './world.js';

/** What a case asks of the capabilities: the name of one that is true or present, or `versions` that are not `none`. */
export type Need = keyof Capabilities;

/** One promise of the contract, asked for from outside. */
export interface ConformanceCase {
  /** `group.name`; stable, for `--only` and reports. */
  readonly id: string;
  /** The promise in one sentence. */
  readonly title: string;
  readonly needs?: readonly Need[];
  /** Who acts besides the agent. */
  readonly who?: readonly Role[];
  /** Throws `Broken` when the promise is not kept, `Skipped` when it cannot be looked at here. */
  run(world: World): Promise<void>;
}

/** Why a case cannot run with these capabilities; `undefined` when it can. */
export function lacking(capabilities: Capabilities, needs: readonly Need[] = []): string | undefined {
  const missing = needs.filter((need) => {
    const value = capabilities[need];
    return value === undefined || value === false || value === 'none';
  });
  return missing.length === 0 ? undefined : `not declared: ${missing.join(', ')}`;
}
