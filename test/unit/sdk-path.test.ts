import { describe, expect, it } from 'vitest';

import { path } from '../../src/http/path.js';

describe('path', () => {
  it('encodes what it is given, so that an id never names another route', () => {
    expect(path`v1/cases/${'a/../b?x=1#y'}/notes`).toBe('v1/cases/a%2F..%2Fb%3Fx%3D1%23y/notes');
  });

  it.each(['.', '..', ''])('keeps %j from leading to the list or out of the route', (id) => {
    expect(new URL(path`v1/cases/${id}`, 'https://a.test/').pathname).toBe(`/v1/cases/%00${id}`);
  });
});
