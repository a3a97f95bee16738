import { allCases } from '../../server/cli/conformance/all-cases.js';
import type { ConformanceCase } from '../../server/cli/conformance/conformance-case.js';
import { roles, type Role } from '../../server/cli/conformance/roles.js';
import { runCases, type Result } from '../../server/cli/conformance/run.js';
import { World, type WorldOptions } from '../../server/cli/conformance/world.js';
import type { CaseApp } from '../../server/middleware/env.js';
import { aTenant, type Caller, type TestApp } from './app.js';
import { setSharing } from './sharing.js';

/** Whom a run asks as; who is absent is left out. */
export type Askers = Partial<Record<Role, Pick<Caller, 'token'>>>;

/** Runs the kit against an app: all of it, unless told which cases. */
export async function askedOf(
  app: CaseApp,
  askers: Askers,
  options: Partial<WorldOptions> = {},
  cases: readonly ConformanceCase[] = allCases,
): Promise<Result[]> {
  return runCases(cases, new World(optionsFor(app, askers, options)));
}

/** A world of the kit that stands on an app. */
export function optionsFor(app: CaseApp, askers: Askers, options: Partial<WorldOptions>): WorldOptions {
  const wire = {
    baseUrl: 'http://test.local',
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => app.fetch(new Request(input, init)),
    timeout: 60_000,
  };
  return {
    wire,
    tokenOf: (role) => Promise.resolve(askers[role]?.token ?? ''),
    without: roles.filter((role) => !askers[role]),
    patience: 20_000,
    ...options,
  };
}

/** Runs the kit against an app over the real engine, in a tenant of its own. */
export async function asked(
  { app, engine }: Pick<TestApp, 'app' | 'engine'>,
  options: Partial<WorldOptions> = {},
  cases: readonly ConformanceCase[] = allCases,
): Promise<Result[]> {
  return askedOf(app, await askersOf({ app, engine }), options, cases);
}

/** People of a tenant of their own, where customer service may share with other departments. */
export async function askersOf(
  good: Pick<TestApp, 'app' | 'engine'>,
): Promise<Readonly<Record<Role, Caller>>> {
  const tenant = await aTenant(good);
  await setSharing(tenant, { departmentRoles: ['customer-service'] });
  const { agent, administrator, customer } = tenant;
  return {
    agent,
    administrator,
    customer,
    'other-customer': tenant.outsider,
    'co-worker': tenant.colleague,
    'other-department': tenant.technician,
  };
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
