import { expect, it } from 'vitest';

import { allCases } from '../../server/cli/conformance/all-cases.js';
import { asked } from '../support/conformance.js';
import { theApp } from '../support/shared-app.js';

it('keeps the contract, with nothing left out', async () => {
  const results = await asked(await theApp());
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  expect(failed).toEqual([]);
  expect(results.map(({ id }) => id)).toEqual(allCases.map(({ id }) => id));
  const skipped = results.flatMap((result) => (result.outcome === 'skipped' ? [result.id] : []));
  // The engine declares everything, and so invents no totals either.
  expect(skipped).toEqual(['totals.undeclared']);
});
