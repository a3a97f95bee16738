import { allCases } from '../../server/cli/conformance/all-cases.js';
import type { Role } from '../../server/cli/conformance/roles.js';
import { runCases, type Result } from '../../server/cli/conformance/run.js';
import { World, type WorldOptions } from '../../server/cli/conformance/world.js';
import type { CaseApp } from '../../server/middleware/env.js';
import { aTenant, type Caller, type TestApp } from './app.js';

/** Whom a run asks as; who is absent is left out. */
export type Askers = Partial<Record<Role, Pick<Caller, 'token'>>>;

/** Runs the whole kit against an app. */
export async function askedOf(
  app: CaseApp,
  askers: Askers,
  options: Partial<WorldOptions> = {},
): Promise<Result[]> {
  const roles: Role[] = ['administrator', 'customer', 'other-customer'];
  const wire = {
    baseUrl: 'http://test.local',
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => app.fetch(new Request(input, init)),
    timeout: 60_000,
  };
  const world = new World({
    wire,
    tokenOf: (role) => Promise.resolve(askers[role]?.token ?? ''),
    without: roles.filter((role) => !askers[role]),
    patience: 20_000,
    ...options,
  });
  return runCases(allCases, world);
}

/** Runs the whole kit against the real app and engine, in a tenant of its own. */
export async function asked(
  { app, engine }: Pick<TestApp, 'app' | 'engine'>,
  options: Partial<WorldOptions> = {},
): Promise<Result[]> {
  const tenant = await aTenant({ app, engine });
  const { agent, administrator, customer, outsider } = tenant;
  return askedOf(app, { agent, administrator, customer, 'other-customer': outsider }, options);
}

/** What failed, as people read it. */
export function failuresOf(results: readonly Result[]): string[] {
  return results.flatMap((result) =>
    result.outcome === 'failed'
      ? [`${result.id}\n asked: ${result.asked}\n came: ${result.came}\n contract: ${result.says}`]
      : [],
  );
}

/** What was skipped, with the reason. */
export function skipsOf(results: readonly Result[]): Record<string, string> {
  return Object.fromEntries(
    results.flatMap((result) => (result.outcome === 'skipped' ? [[result.id, result.reason]] : [])),
  );
}
