import { expect, it } from 'vitest';

import { allCases } from '../../server/cli/conformance/all-cases.js';
import { asked, failuresOf, skipsOf } from '../support/conformance.js';
import { theApp } from '../support/shared-app.js';

it('keeps the contract, with nothing left out', { timeout: 300_000 }, async () => {
  const results = await asked(await theApp());
  expect(failuresOf(results)).toEqual([]);
  expect(results.map(({ id }) => id)).toEqual(allCases.map(({ id }) => id));
  // The engine declares everything, and so cannot be asked what it does without totals.
  expect(skipsOf(results)).toEqual({ 'totals.undeclared': '"totals" is declared' });
});
