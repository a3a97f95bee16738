import { expect } from 'vitest';

import { createApp } from '../../server/app.js';
import { allCases } from '../../server/cli/conformance/all-cases.js';
import type { ConformanceCase } from '../../server/cli/conformance/conformance-case.js';
import { roles, type Role } from '../../server/cli/conformance/roles.js';
import { runCases, type Result } from '../../server/cli/conformance/run.js';
import { World, type WorldOptions } from '../../server/cli/conformance/world.js';
import type { Engine } from '../../server/engine/engine.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import type { CaseApp } from '../../server/middleware/env.js';
import { aTenant, testSecret, type Caller, type TestApp } from './app.js';
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

function optionsFor(app: CaseApp, askers: Askers, options: Partial<WorldOptions>): WorldOptions {
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

/** Takes note of which methods are called for what is made once, so that they count for every case that stands on it. */
class WatchedWorld extends World {
  readonly #open: Set<string>[] = [];
  readonly #made = new Map<string, Set<string>>();

  called(method: string): void {
    for (const methods of this.#open) methods.add(method);
  }

  async watch(act: () => Promise<unknown>, methods = new Set<string>()): Promise<Set<string>> {
    this.#open.push(methods);
    await act().finally(() => this.#open.splice(this.#open.indexOf(methods), 1));
    return methods;
  }

  override once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name);
    for (const method of known ?? []) this.called(method);
    if (known) return super.once(name, make);
    const methods = new Set<string>();
    this.#made.set(name, methods);
    return super.once(name, async () => {
      let made: Promise<T> | undefined;
      await this.watch(() => (made = make()), methods);
      return made as Promise<T>;
    });
  }
}

/** Runs the whole kit against an engine, which has to pass; the methods of the port that each case calls. */
export async function methodsOfCases(engine: Engine): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  let told: (method: string) => void = () => undefined;
  const watched = new Proxy(engine, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      told(String(name));
      return value.bind(target) as unknown;
    },
  });
  const app = createApp({ backend: watched, authenticate: jwtAuthenticator({ secret: testSecret }) });
  const world = new WatchedWorld(optionsFor(app, await askersOf({ app, engine }), {}));
  told = (method) => world.called(method);
  const methodsOf = new Map<string, ReadonlySet<string>>();
  for (const one of allCases) {
    const results: Result[] = [];
    const run = async () => results.push(...(await runCases([one], world)));
    methodsOf.set(one.id, await world.watch(run));
    expect(failuresOf(results)).toEqual([]);
  }
  return methodsOf;
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
