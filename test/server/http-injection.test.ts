import { beforeAll, describe, expect, it } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Note } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTenant, type TestTenant } from '../support/app.js';
import { injectionCorpus, oneLineCorpus, unstorableTexts } from '../support/injection-corpus.js';
import { theApp } from '../support/shared-app.js';

let tenant: TestTenant;

beforeAll(async () => {
  tenant = await aTenant(await theApp());
});

describe('a hostile text', () => {
  it.each(oneLineCorpus)('comes back as it was sent, and is found by itself: %j', async (text) => {
    const tag = text.slice(0, 50).trim();
    const made = await tenant.aCase({ subject: text, description: text, tags: [tag] });
    expect(made).toMatchObject({ subject: text.trim(), description: text, tags: [tag] });
    const { body: read } = await tenant.agent.get<Case>(`/v1/cases/${made.id}`);
    expect(read).toMatchObject({ subject: text.trim(), description: text, tags: [tag] });
    const query = `tag=${encodeURIComponent(tag)}&limit=100`;
    const { body: found } = await tenant.agent.get<{ items: Case[] }>(`/v1/cases?${query}`);
    expect(found.items.map(({ id }) => id)).toContain(made.id);
    for (const item of found.items) expect(item.tags).toContain(tag);
    const searched = await tenant.agent.get(`/v1/cases?q=${encodeURIComponent(text)}`);
    expect([200, 422]).toContain(searched.status);
  });

  it.each(injectionCorpus)('stays what it is in a note: %j', async (text) => {
    const { id } = await tenant.aCase();
    const { body: page } = await tenant
      .aNote(id, { text })
      .then(() => tenant.agent.get<{ items: Note[] }>(`/v1/cases/${id}/notes`));
    expect(page.items[0]?.text).toBe(text);
  });

  it.each(unstorableTexts)('that nothing can keep is refused by its field: %j', async (text) => {
    const { id } = await tenant.aCase();
    const answer = await tenant.agent.post<Problem>(`/v1/cases/${id}/notes`, {
      visibility: 'internal',
      subject: 'follow-up',
      text,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ field }) => field)).toEqual(['text']);
  });
});
