import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../server/backend.js';
import type { Engine } from '../../server/engine/engine.js';
import { aSeededTenant, anActor, createCase, reading, theEngine, writing } from '../support/engine.js';

let engine: Engine;
let agent: Actor;

const texts: Record<string, [subject: string, description: string]> = {
  percent: ['Discount of 50% missing', 'The voucher said fifty.'],
  number: ['Line 50 is dead', 'Nothing works.'],
  underscore: ['Error in log_file', 'See line two.'],
  spaced: ['Error in log file', 'See line three.'],
  star: ['Rated * out of five', 'No comment.'],
  quotes: ['She said "never again"', 'Nothing more.'],
  angle: ['Shows <b>bold</b> text', 'In the newsletter.'],
  apostrophe: ["O'Brien cannot log in", 'Since Monday.'],
  backslash: ['Path C:\\temp\\new', 'Cannot be read.'],
  slash: ['HEAT/HOT WATER', 'ENTIRE BUILDING'],
  accent: ['Émilie ne reçoit rien', 'Überweisung fehlt.'],
  mail: ['Bounced: mara@larkwell.example', 'Twice.'],
};

beforeAll(async () => {
  ({ engine } = await theEngine());
  const tenant = await aSeededTenant(engine);
  agent = anActor(tenant, 'agent');
  for (const [subject, description] of Object.values(texts))
    await createCase(engine, agent, { subject, description });
});

async function find(q: string, by = agent): Promise<string[]> {
  const { items, total } = await engine.listCases({ q, count: 'true' }, reading(by));
  expect(total).toBe(items.length);
  const names = new Map(Object.entries(texts).map(([name, [subject]]) => [subject, name]));
  return items.map(({ subject }) => names.get(subject) ?? subject).sort();
}

describe('CC-11 search', () => {
  it.each([
    ['voucher', ['percent']],
    ['VOUCH', ['percent']],
    ['discount fifty', ['percent']],
    ['discount nothing', []],
    ['error line', ['spaced', 'underscore']],
    ['hot', ['slash']],
    ['wat entire', ['slash']],
    ['émil', ['accent']],
    ['überweis', ['accent']],
    ['larkwell', ['mail']],
    ['   ', Object.keys(texts).sort()],
  ])('finds %j by the beginnings of words, all of them', async (q, names) => {
    expect(await find(q)).toEqual(names);
  });

  it.each([
    ['50%', ['percent']],
    ['%', ['percent']],
    ['log_file', ['underscore']],
    ['_', ['underscore']],
    ['*', ['star']],
    ['"never again"', ['quotes']],
    ['"', ['quotes']],
    ['<b>bold', ['angle']],
    ['<', ['angle']],
    ['>', ['angle']],
    ["o'brien", ['apostrophe']],
    ["'", ['apostrophe']],
    ['c:\\temp', ['backslash']],
    ['\\', ['backslash']],
    [':', ['backslash', 'mail']],
    ['heat/hot', ['slash']],
    ['mara@larkwell.example', ['mail']],
    ['lo%', []],
    ['l_g', []],
    ['vou*', []],
    ['%%', []],
    ["voucher' | 'nothing", []],
    ['voucher | nothing', []],
    ['!voucher', []],
    ["'':*", []],
    ['\u0001', []],
    ['voucher:*', []],
    ['() & |', []],
  ])('takes %j literally', async (q, names) => {
    expect(await find(q)).toEqual(names);
  });

  it('does not look into notes', async () => {
    const { id } = await createCase(engine, agent, { subject: 'Quiet one', description: 'Short.' });
    await engine.createNote(
      id,
      { visibility: 'internal', subject: 'follow-up', text: 'The word is xylophone.' },
      writing(agent),
    );
    expect(await find('xylophone')).toEqual([]);
  });

  it('finds the new words after an edit, and not the old ones', async () => {
    const { id, version } = await createCase(engine, agent, {
      subject: 'Zebra crossing',
      description: 'Stripes.',
    });
    await engine.updateCase(id, { subject: 'Giraffe crossing' }, { actor: agent, version });
    expect(await find('zebra')).toEqual([]);
    expect(await find('giraffe')).toEqual(['Giraffe crossing']);
    expect(await find('stripes')).toEqual(['Giraffe crossing']);
  });

  it('stays inside the tenant, even when a text names another tenant', async () => {
    const other = anActor(await aSeededTenant(engine), 'agent');
    await createCase(engine, other, {
      subject: 'Decoy voucher',
      description: `\u0020${agent.tenant} voucher`,
    });
    expect(await find('voucher')).toEqual(['percent']);
    expect(await find('decoy')).toEqual([]);
    expect(await find('voucher', other)).toEqual(['Decoy voucher']);
  });

  it('refuses more than 200 characters', async () => {
    await expect(find('x'.repeat(201))).rejects.toMatchObject({
      code: 'validation_failed',
      options: { errors: [{ field: 'q', code: 'too_long', limit: 200 }] },
    });
  });
});
