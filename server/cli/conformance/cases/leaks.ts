import type { CaseSummary } from '../../../../src/contract/cases.js';
import type { RouteId } from '../../../../src/contract/routes.js';
import type { Ask } from '../caller.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { theExhibit, theExhibitFiles } from '../exhibit.js';
import { Broken, skip } from '../failure.js';
import { walk } from '../walk.js';

/** What the customer of another account must not learn of a customer's case. */
export const leakCases: readonly ConformanceCase[] = [
  {
    id: 'leaks.list',
    title: 'A case of one customer is in no list of another',
    who: ['customer', 'other-customer'],
    async run(world) {
      const { record } = await theExhibit(world);
      const other = world.as('other-customer');
      const customerId = await world.customerId('customer');
      const named = await other.send('listCases', { query: { customerId } });
      const filters: Record<string, string>[] = [{}, { status: 'open' }];
      // To name an account one may not see is no way to learn that it exists.
      if (named.status === 404) problemOf(named, ['not_found']);
      else filters.push({ customerId });
      for (const filter of filters) {
        const ask = { query: { sort: '-created', ...filter } };
        const { items, last } = await walk<CaseSummary>(other, 'listCases', ask, { most: 20 });
        demand(!items.some(({ id }) => id === record.id), last, 'What one may not see is in no list.');
      }
    },
  },
  {
    id: 'leaks.total',
    title: 'A customer’s total counts what they see, and nothing else',
    needs: ['totals'],
    who: ['customer', 'other-customer'],
    async run(world) {
      await theExhibit(world);
      for (const role of ['customer', 'other-customer'] as const) {
        const exchange = await world.as(role).send('listCases', { query: { count: 'true', limit: 1 } });
        const { total } = answerOf('listCases', exchange);
        const { items, ended } = await walk<CaseSummary>(world.as(role), 'listCases', {}, { most: 50 });
        if (!ended) skip('a customer has more cases than a run reads');
        demand(total === items.length, exchange, `"total" is ${items.length}, as many as the ${role} sees.`);
      }
    },
  },
  {
    id: 'leaks.search',
    title: 'A search of another customer does not find it, nor count it',
    needs: ['search', 'createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { record, word } = await theExhibit(world);
      const query = { q: word, count: 'true' };
      await world.eventually(
        async () => {
          const { items } = await world.agent.ok('listCases', { query });
          return items.some(({ id }) => id === record.id) || undefined;
        },
        () => new Broken('The agent finds the case by its word.', `q=${word}`, 'not found'),
      );
      const exchange = await world.as('other-customer').send('listCases', { query });
      const { items, total = 0 } = answerOf('listCases', exchange);
      demand(items.length === 0 && total === 0, exchange, 'What one may not see is found by no search.');
    },
  },
  {
    id: 'leaks.read',
    title: 'Asked for by its id, it is not there: the case, its notes, its history, who has access',
    who: ['customer', 'other-customer'],
    async run(world) {
      const { record, publicNote } = await theExhibit(world);
      const other = world.as('other-customer');
      const { sharing, versions } = await world.capabilities();
      const reads: RouteId[] = ['getCase', 'listNotes', 'listTimeline'];
      if (sharing) reads.push('listGrants');
      // No capability names these: who answers them to agents is asked.
      for (const routeId of ['listReceipts', 'getNotices'] as const)
        if ((await world.agent.send(routeId, { id: record.id })).status === 200) reads.push(routeId);
      const absent = { id: `no-such-${world.mark}` };
      for (const routeId of reads) {
        const hidden = problemOf(await other.send(routeId, { id: record.id }), ['not_found']);
        const exchange = await other.send(routeId, absent);
        const unknown = problemOf(exchange, ['not_found']);
        demand(hidden.title === unknown.title, exchange, 'What is hidden and what is absent read the same.');
        const told = JSON.stringify(hidden);
        const secrets = [
          record.subject,
          publicNote?.text ?? '',
          ...(versions === 'none' ? [] : [`"${record.version}"`]),
        ];
        const leaked = secrets.filter((secret) => secret.length > 5 && told.includes(secret));
        demand(leaked.length === 0, exchange, 'A refusal tells nothing of what is hidden.');
      }
    },
  },
  {
    id: 'leaks.write',
    title: 'Another customer cannot write to it: it is not there',
    needs: ['createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { record } = await theExhibit(world);
      const other = world.as('other-customer');
      const { editCases, closeCases } = await world.capabilities();
      const { version } = await world.agent.ok('getCase', { id: record.id });
      const text = `Written by a stranger, ${world.mark}.`;
      const calls: [RouteId, Ask][] = [['createNote', { body: { visibility: 'public', text } }]];
      if (editCases) calls.push(['updateCase', { version, body: { subject: text } }]);
      if (closeCases)
        calls.push(['closeCase', { version, body: await world.statusChange('closureReasons') }]);
      for (const [routeId, ask] of calls) {
        const hidden = await other.send(routeId, { ...ask, id: record.id });
        const absent = await other.send(routeId, { ...ask, id: `no-such-${world.mark}` });
        // Who may do something to no case at all may be told so, of a case that is there as of one that is not.
        const { code } = problemOf(hidden, ['not_found', 'forbidden']);
        const same = code === problemOf(absent, ['not_found', 'forbidden']).code;
        demand(same, hidden, 'What is hidden and what is absent is refused the same.');
      }
      const exchange = await world.agent.send('getCase', { id: record.id });
      const { subject, status } = answerOf('getCase', exchange);
      demand(
        subject === record.subject && status === record.status,
        exchange,
        'What is refused changes nothing.',
      );
      const notes = await world.agent.send('listNotes', { id: record.id });
      demand(!notes.text.includes(text), notes, 'What is refused changes nothing.');
    },
  },
  {
    id: 'leaks.submit',
    title: 'A customer cannot submit a case for another account',
    needs: ['createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { permissions } = await world.session('other-customer');
      if (permissions['createCase']?.allowed !== true) skip('customers submit no cases here');
      const body = await world.newCase({ subject: world.subject('for somebody else') });
      const exchange = await world.as('other-customer').send('createCase', { body });
      problemOf(exchange, ['forbidden', 'not_found', 'validation_failed']);
    },
  },
  {
    id: 'leaks.attachments',
    title: 'Its files are not there for another customer',
    needs: ['attachments', 'createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { onPublicNote } = await theExhibitFiles(world);
      const customer = await world.as('customer').send('downloadAttachment', { id: onPublicNote.id });
      demand(customer.status === 200, customer, 'The customer reads the file of a public note.');
      const other = world.as('other-customer');
      for (const routeId of ['getAttachment', 'downloadAttachment'] as const)
        await other.refused(routeId, { id: onPublicNote.id }, 'not_found');
    },
  },
  {
    id: 'leaks.tags',
    title: 'Its tags are counted for nobody who may not see it',
    needs: ['tags', 'createCases', 'editCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { word } = await theExhibit(world);
      const exchange = await world.as('other-customer').send('listTags', { query: { q: word } });
      if (exchange.status === 403) return;
      const { items } = answerOf('listTags', exchange);
      demand(items.length === 0, exchange, 'Tags are those of the cases one may see.');
    },
  },
  {
    id: 'leaks.export',
    title: 'It is in no file of another customer',
    needs: ['export', 'createCases'],
    who: ['customer', 'other-customer'],
    async run(world) {
      const { word } = await theExhibit(world);
      const exchange = await world.as('other-customer').send('exportCases', { query: { sort: '-created' } });
      demand([200, 403].includes(exchange.status), exchange, 'A customer gets a file, or is refused one.');
      demand(!exchange.text.includes(word), exchange, 'What one may not see is in no file.');
    },
  },
  {
    id: 'leaks.people',
    title: 'A customer finds neither the accounts nor the people of others',
    who: ['customer', 'other-customer'],
    async run(world) {
      const other = world.as('other-customer');
      const { actor } = await world.session('customer');
      const customerId = await world.customerId('customer');
      const says = 'Customers are told of no other account and nobody in it.';
      const calls = [
        await other.send('getCustomer', { id: customerId }),
        await other.send('getPerson', { id: actor.id }),
      ];
      for (const exchange of calls) problemOf(exchange, ['not_found', 'forbidden']);
      for (const routeId of ['listCustomers', 'listPeople'] as const) {
        const exchange = await other.send(routeId, { query: { limit: 100 } });
        if (exchange.status === 403) continue;
        const items = answerOf(routeId, exchange).items as readonly { readonly id: string }[];
        demand(!items.some(({ id }) => id === customerId || id === actor.id), exchange, says);
      }
    },
  },
];
