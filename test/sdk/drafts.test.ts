import { describe, expect, it } from 'vitest';

import { isAuthenticationError, type DraftKey } from '../../src/index.js';
import { aWorld } from './world.js';

const key: DraftKey = { caseId: 'case_1', kind: 'note' };

describe('drafts', () => {
  it('are kept by case, kind and customer until discarded', async () => {
    const { drafts } = (await aWorld()).clientOf('agent').client;
    await drafts.save(key, { text: 'Half a sentence', visibility: 'internal' });
    await drafts.save({ caseId: null, kind: 'case', customerId: 'c1' }, { subject: 'New' });
    expect(await drafts.load(key)).toEqual({ text: 'Half a sentence', visibility: 'internal' });
    expect(await drafts.load({ ...key, kind: 'reply' })).toBeUndefined();
    expect(await drafts.load({ caseId: null, kind: 'case', customerId: 'c2' })).toBeUndefined();
    await drafts.discard(key);
    expect(await drafts.load(key)).toBeUndefined();
  });

  it('are the actor’s own, and go with logout but not with dispose', async () => {
    const { tenant, clientOf } = await aWorld();
    const { client } = clientOf('agent');
    const { drafts } = client;
    await drafts.save(key, 'mine');
    client.update({ getToken: () => tenant.otherAgent.token });
    expect(await drafts.load(key)).toBeUndefined();

    client.dispose();
    await expect(drafts.load(key)).rejects.toSatisfy(isAuthenticationError);
    client.update({ getToken: () => tenant.agent.token });
    expect(await drafts.load(key)).toBe('mine');

    await client.logout();
    client.update({ getToken: () => tenant.agent.token });
    expect(await drafts.load(key)).toBeUndefined();
  });
});
