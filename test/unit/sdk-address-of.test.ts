import { describe, expect, it } from 'vitest';

import { addressOf } from '../../src/http/address-of.js';

describe('addressOf', () => {
  it('encodes what it is given, so that an id never names another route', () => {
    expect(addressOf('/v1/cases/{id}/notes', 'a/../b?x=1#y')).toBe('v1/cases/a%2F..%2Fb%3Fx%3D1%23y/notes');
  });

  it('takes an id for what it is, whatever a replacement would make of it', () => {
    expect(addressOf('/v1/cases/{id}', '$&')).toBe('v1/cases/%24%26');
  });

  it.each(['.', '..', ''])('keeps %j from leading to the list or out of the route', (id) => {
    expect(new URL(addressOf('/v1/cases/{id}', id), 'https://a.test/').pathname).toBe(`/v1/cases/%00${id}`);
  });
});
