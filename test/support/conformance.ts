import { allCases } from '../../server/cli/conformance/all-cases.js';
import type { ConformanceCase } from '../../server/cli/conformance/conformance-case.js';
import { runCases, type Result } from '../../server/cli/conformance/run.js';
import { World, type WorldOptions } from '../../server/cli/conformance/world.js';
import { aTenant, type TestApp } from './app.js';

/** What a run against the app of a test is like besides. */
export interface AskedOptions {
  readonly cases?: readonly ConformanceCase[];
  readonly options?: Partial<WorldOptions>;
}

/** Runs the kit against the real app and engine, in a tenant of its own. */
export async function asked(
  world: Pick<TestApp, 'app' | 'engine'>,
  { cases = allCases, options }: AskedOptions = {},
): Promise<Result[]> {
  const tenant = await aTenant(world);
  const tokens = {
    agent: tenant.agent.token,
    administrator: tenant.administrator.token,
    customer: tenant.customer.token,
    'other-customer': tenant.outsider.token,
  };
  return runCases(
    cases,
    new World({
      wire: {
        baseUrl: 'http://test.local',
        fetch: async (input, init) => world.app.fetch(new Request(input, init)),
        timeout: 30_000,
      },
      tokenOf: (role) => Promise.resolve(tokens[role]),
      patience: 20_000,
      ...options,
    }),
  );
}
