import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { createApp } from '../../server/app.js';
import { openPostgres } from '../../server/engine/sql/postgres.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { allCases } from '../../server/cli/conformance/all-cases.js';
import type { ConformanceCase } from '../../server/cli/conformance/conformance-case.js';
import { createTestApp, testSecret, type TestApp } from '../support/app.js';
import { alteredCases } from '../support/altered-cases.js';
import {
  breakages,
  brokenBackend,
  together,
  withoutSearchEventsSharing,
  type Breakage,
} from '../support/broken-backend.js';
import { asked, failuresOf, skipsOf } from '../support/conformance.js';

let good: TestApp;
let alteredBy: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(async () => {
  good = await createTestApp(openPostgres(inject('databaseUrl')));
  alteredBy = await alteredCases(
    good.engine,
    Object.fromEntries(Object.entries(breakages).map(([name, { how }]) => [name, how])),
  );
});
afterAll(() => good.dispose());

async function resultsWith(how: Breakage, cases: readonly ConformanceCase[], patience = 20_000) {
  const backend = brokenBackend(good.engine, how);
  const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: testSecret }) });
  const results = await asked({ app, engine: good.engine }, { patience }, cases);
  expect(results).toHaveLength(cases.length);
  return results;
}

async function failuresWith(...asking: Parameters<typeof resultsWith>): Promise<string[]> {
  const results = await resultsWith(...asking);
  return results.flatMap(({ id, outcome }) => (outcome === 'failed' ? [id] : [])).sort();
}

/** What is answered by the good backend alone, call for call, comes out as it does there: there is nothing to find out. */
function casesThatMeet(name: string): readonly ConformanceCase[] {
  return allCases.filter(({ id }) => alteredBy.get(id)?.has(name));
}

describe.concurrent('a backend that breaks one promise', { timeout: 300_000 }, () => {
  it.each(Object.entries(breakages))(
    '%s: fails where that is promised, and nowhere else',
    async (name, one) => {
      const { how, fails, patience } = one;
      const failed = await failuresWith(how, casesThatMeet(name), patience);
      expect(failed).toEqual([...fails].sort());
    },
  );
});

describe.concurrent('the whole kit', { timeout: 300_000 }, () => {
  it('fails where each of several promises is broken, and nowhere else', async () => {
    const several = [
      'tells customers the whole history',
      'makes HTML of what is written',
      'changes a byte of a file',
      'tells everybody every event',
      'revokes nothing',
      'lets everybody win an entry',
    ].map((name) => breakages[name]);
    const how = together(several.flatMap((one) => one?.how ?? []));
    const fails = new Set(several.flatMap((one) => one?.fails ?? []));
    expect(await failuresWith(how, allCases)).toEqual([...fails].sort());
  });

  it('skips what a backend does not declare, and says why', async () => {
    const results = await resultsWith(withoutSearchEventsSharing, allCases);
    expect(failuresOf(results)).toEqual([]);
    expect(skipsOf(results)).toMatchObject({
      'filters.search': 'not declared: search',
      'leaks.search': 'not declared: search',
      'events.resume': 'not declared: events',
      'events.hidden': 'not declared: events',
      'sharing.revoke': 'not declared: sharing',
      'versions.race': '"versions" is "checked": a race may have two winners',
    });
    const passed = results.flatMap(({ id, outcome }) => (outcome === 'passed' ? [id] : []));
    expect(passed).toContain('session.undeclared');
  });
});
