import { expect, test } from 'vitest';

import type { Case } from '../../src/contract/cases.js';
import type { Page } from '../../src/contract/common.js';
import type { Note, TimelineEntry } from '../../src/contract/notes.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTrackerWorld, created } from '../support/request-tracker-world.js';

type Timeline = Page<TimelineEntry>;

test('a reply reaches the customer and a comment does not: in no list, no count, no file and no version of theirs', async () => {
  const { agent1, aCustomer, direct } = await aTrackerWorld();
  const customer = await aCustomer('Jonas Weber');
  const { id } = await created(agent1, customer);
  const secret = await agent1.caller.upload('plan.txt', 'firewall rule 12');
  const comment = await agent1.caller.post<Note>(`/v1/cases/${id}/notes`, {
    visibility: 'internal',
    subject: 'investigation',
    text: 'Firewall rule 12 is wrong.',
    attachmentIds: [secret.body.id],
  });
  expect(comment.status).toBe(201);
  expect(comment.body).toMatchObject({
    visibility: 'internal',
    subject: 'investigation',
    text: 'Firewall rule 12 is wrong.',
    by: { id: 'person_agent1', name: 'Ines Calder', kind: 'agent' },
    attachments: [{ name: 'plan.txt', size: 16, mediaType: 'text/plain' }],
  });
  const before = await customer.caller.get<Case>(`/v1/cases/${id}`);
  const reply = await agent1.caller.post<Note>(`/v1/cases/${id}/notes`, {
    visibility: 'public',
    subject: 'answer-to-customer',
    text: 'We look at it.',
  });
  expect(reply.body).toMatchObject({ visibility: 'public', text: 'We look at it.' });
  const answer = await customer.caller.post<Note>(`/v1/cases/${id}/notes`, {
    visibility: 'public',
    text: 'Thank you, “so much”. 谢谢',
  });
  expect(answer.body).toMatchObject({
    subject: null,
    text: 'Thank you, “so much”. 谢谢',
    by: { id: `person_${customer.user}`, name: 'Jonas Weber', kind: 'customer' },
  });
  const history = await direct('agent1', 'GET', `/ticket/${id}/history?fields=Type&per_page=100`);
  const types = (history.body as { items: { Type: string }[] }).items.map(({ Type }) => Type);
  expect(types.filter((type) => type === 'Comment' || type === 'Correspond')).toEqual([
    'Comment',
    'Correspond',
    'Correspond',
  ]);

  const all = await agent1.caller.get<Timeline>(`/v1/cases/${id}/timeline?order=asc`);
  expect(all.body.items.map(({ kind, visibility, text }) => [kind, visibility, text])).toEqual([
    ['creation', undefined, undefined],
    ['note', 'internal', 'Firewall rule 12 is wrong.'],
    ['note', 'public', 'We look at it.'],
    ['note', 'public', 'Thank you, “so much”. 谢谢'],
  ]);
  expect(all.body.items.at(-1)?.by).toMatchObject({ id: customer.user, kind: 'customer' });
  const shown = await Promise.all(
    ['timeline', 'notes?count=true', ''].map((what) => customer.caller.get(`/v1/cases/${id}/${what}`)),
  );
  const theirs = JSON.stringify(shown.map(({ body }) => body));
  expect(theirs).toContain('We look at it.');
  expect(theirs).not.toMatch(/firewall|plan\.txt/i);
  const notes = await customer.caller.get<Page<Note>>(`/v1/cases/${id}/notes?count=true`);
  expect(notes.body.total).toBe(2);
  const file = comment.body.attachments[0]?.id ?? '';
  expect((await customer.caller.get(`/v1/attachments/${file}`)).status).toBe(404);
  expect((await customer.caller.get(`/v1/attachments/${file}/content`)).status).toBe(404);
  expect(before.status).toBe(200);

  const tried = await customer.caller.post<Problem>(`/v1/cases/${id}/notes`, {
    visibility: 'internal',
    text: 'Mine alone.',
  });
  expect(tried.status).toBe(403);
});

test('a file comes back as it was sent, byte by byte, to everybody who may read its note', async () => {
  const { agent1, agent2, engineer1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
  const upload = await agent1.caller.upload('Plan für Süd.pdf', bytes);
  expect(upload.status).toBe(201);
  expect((await agent2.caller.get(`/v1/attachments/${upload.body.id}`)).status).toBe(404);
  const { id } = await created(agent1, customer, { attachmentIds: [upload.body.id] });
  const first = await agent1.caller.upload('empty.txt', '');
  const empty = await agent1.caller.post<Problem>(`/v1/cases/${id}/notes`, {
    visibility: 'public',
    subject: 'information',
    text: 'See the file.',
    attachmentIds: [first.body.id, 'file_unknown'],
  });
  expect(empty.body.errors?.map(({ field, code }) => [field, code])).toEqual([
    ['attachmentIds.0', 'invalid'],
    ['attachmentIds.1', 'not_found'],
  ]);
  const again = await customer.caller.upload('Süden – ’26.png', bytes);
  const note = await customer.caller.post<Note>(`/v1/cases/${id}/notes`, {
    visibility: 'public',
    text: 'A photo.',
    attachmentIds: [again.body.id],
  });
  const [file] = note.body.attachments;
  expect(file).toMatchObject({ name: 'Süden – ’26.png', mediaType: 'image/png' });
  for (const reader of [customer, agent1]) {
    const answer = await reader.caller.raw('GET', `/v1/attachments/${file?.id}/content`);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-length')).toBe('70000');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  }
  expect((await engineer1.caller.get(`/v1/attachments/${file?.id}`)).status).toBe(404);
  expect((await agent1.caller.get('/v1/attachments/99999999')).status).toBe(404);
  const blocked = await agent1.caller.upload('run.exe', 'MZ');
  expect(blocked.body.errors?.[0]?.code).toBe('blocked_type');
});

test('texts stay texts, whatever HTML arrives', async () => {
  const { agent1, aCustomer, direct } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer, { description: '<b>Not bold</b> & "so"' });
  await direct('agent2', 'POST', `/ticket/${id}/correspond`, {
    Content:
      '<p>We <b>look</b> at it.<br>Soon&nbsp;&amp; well &lt;b&gt;</p><script>alert(1)</script><style>p{}</style><ul><li>one</li><li>two</li></ul>',
    ContentType: 'text/html',
  });
  const read = await agent1.caller.get<Case>(`/v1/cases/${id}`);
  expect(read.body.description).toBe('<b>Not bold</b> & "so"');
  const { body } = await agent1.caller.get<Page<Note>>(`/v1/cases/${id}/notes`);
  expect(body.items.map(({ text }) => text)).toEqual(['We look at it.\nSoon & well <b>\n\n• one\n• two']);
});

test('changes stand in one line of time with what was written, mails that left do not', async () => {
  const { agent1, agent2, aCustomer, queue } = await aTrackerWorld();
  const customer = await aCustomer();
  const before = await created(agent1, customer, { deadline: '2031-03-01' });
  const one = await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    { subject: 'Worse', priority: 'high', deadline: null, type: 'billing' },
    { version: before.version },
  );
  const two = await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    { assigneeId: 'person_agent1' },
    { version: one.body.version },
  );
  await agent1.caller.patch<Case>(
    `/v1/cases/${before.id}`,
    { departmentId: await queue('billing') },
    { version: two.body.version },
  );
  const { body } = await agent2.caller.get<Timeline>(`/v1/cases/${before.id}/timeline?order=asc`);
  const [creation, ...changes] = body.items;
  expect(creation?.kind).toBe('creation');
  expect(changes.every(({ kind }) => kind === 'change')).toBe(true);
  const told = new Map(changes.flatMap(({ changes: some = [] }) => some).map((each) => [each.field, each]));
  expect(told.get('subject')).toMatchObject({ from: 'VPN down', to: 'Worse' });
  expect(told.get('priority')).toMatchObject({ from: 'normal', to: 'high' });
  expect(told.get('deadline')).toMatchObject({ from: '2031-03-01', to: null });
  expect(told.get('type')).toMatchObject({ to: 'billing' });
  expect(told.get('assignee')).toMatchObject({ from: null, to: { id: 'agent1', name: 'Ines Calder' } });
  expect(told.get('department')).toMatchObject({ from: { name: 'support' }, to: { name: 'billing' } });

  const own = await customer.caller.get<Timeline>(`/v1/cases/${before.id}/timeline`);
  const fields = own.body.items.flatMap(({ changes: some = [] }) => some.map(({ field }) => field));
  expect(fields.sort()).toEqual(['deadline', 'priority', 'subject']);
  const only = await agent1.caller.get<Timeline>(`/v1/cases/${before.id}/timeline?kind=creation`);
  expect(only.body.items.map(({ kind }) => kind)).toEqual(['creation']);
});

test('a long history is read to its end from both sides, each line once, and no further than asked', async () => {
  const { agent1, aCustomer, direct, seen } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer);
  const many = 60;
  for (let number = 0; number < many; number += 1) {
    const kind = number % 3 === 0 ? 'comment' : 'correspond';
    await direct('agent1', 'POST', `/ticket/${id}/${kind}`, {
      Content: `Line ${number}`,
      ContentType: 'text/plain',
    });
  }
  const walk = async (who: typeof agent1, query: string) => {
    const texts: (string | undefined)[] = [];
    let cursor = '';
    do {
      const { body } = await who.caller.get<Timeline>(`/v1/cases/${id}/timeline?limit=17&${query}${cursor}`);
      texts.push(...body.items.map(({ text, kind }) => (kind === 'creation' ? kind : text)));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    return texts;
  };
  const lines = Array.from({ length: many }, (_, number) => `Line ${number}`);
  expect(await walk(agent1, 'order=asc')).toEqual(['creation', ...lines]);
  expect(await walk(agent1, 'order=desc')).toEqual([...lines.toReversed(), 'creation']);
  const open = lines.filter((_, number) => number % 3 !== 0);
  expect(await walk(customer, 'order=desc')).toEqual([...open.toReversed(), 'creation']);

  seen.length = 0;
  await agent1.caller.get(`/v1/cases/${id}/timeline?limit=5`);
  expect(seen.filter(({ path }) => path.endsWith('/history'))).toHaveLength(1);
  expect(seen.filter(({ path }) => path.startsWith('/REST/2.0/attachment/'))).toEqual([]);
});

test('what a customer writes is no closing of theirs, however it is worded', async () => {
  const { agent1, aCustomer } = await aTrackerWorld();
  const customer = await aCustomer();
  const { id } = await created(agent1, customer);
  await customer.caller.post(`/v1/cases/${id}/notes`, {
    visibility: 'public',
    text: 'Closed: Resolved.\n\nTrust me.',
  });
  const { body } = await agent1.caller.get<Timeline>(`/v1/cases/${id}/timeline`);
  expect(body.items[0]).toMatchObject({ kind: 'note', text: 'Closed: Resolved.\n\nTrust me.' });
});

test('on a closed case an agent writes nothing, and a customer as the settings have it', async () => {
  for (const reopenOnCustomerReply of [false, true]) {
    const { agent1, aCustomer } = await aTrackerWorld({ vocabulary: { reopenOnCustomerReply } });
    const customer = await aCustomer();
    const open = await created(agent1, customer);
    const closed = await agent1.caller.post<Case>(
      `/v1/cases/${open.id}/close`,
      { reason: 'resolved', note: 'Done.' },
      { version: open.version },
    );
    expect(closed.status).toBe(200);
    const note = { visibility: 'public', subject: 'information', text: 'One more thing.' };
    const byAgent = await agent1.caller.post<Problem>(`/v1/cases/${open.id}/notes`, note);
    expect(byAgent.body.code).toBe('case_closed');
    const byCustomer = await customer.caller.post<Problem>(`/v1/cases/${open.id}/notes`, {
      visibility: 'public',
      text: 'Still broken.',
    });
    expect(byCustomer.status).toBe(reopenOnCustomerReply ? 201 : 409);
    const { body } = await agent1.caller.get<Case>(`/v1/cases/${open.id}`);
    expect(body.status).toBe(reopenOnCustomerReply ? 'open' : 'closed');
  }
});
