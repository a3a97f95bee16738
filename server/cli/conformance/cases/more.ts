import type { CaseSummary } from '../../../../src/contract/cases.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand, problemOf } from '../exchange.js';
import { skip } from '../failure.js';
import { walk } from '../walk.js';

/** What a backend may have besides: many cases at once, files of lists, views, settings. */
export const moreCases: readonly ConformanceCase[] = [
  {
    id: 'bulk.each-for-itself',
    title: 'Of many cases each happens or is refused for itself, in the order asked',
    needs: ['bulk', 'createCases', 'closeCases'],
    async run(world) {
      const first = await world.aCase({ subject: world.subject('one of many') });
      const closed = await world.close(await world.aCase({ subject: world.subject('closed before') }));
      const last = await world.aCase({ subject: world.subject('another of many') });
      const unknown = `no-such-${world.mark}`;
      const cases = [first.id, unknown, closed.id, last.id].map((id) => ({ id }));
      const body = { action: 'close', cases, ...(await world.statusChange('closureReasons')) };
      const exchange = await world.agent.send('changeCases', { body });
      const { results } = answerOf('changeCases', exchange);
      const ids = results.map(({ id }) => id);
      demand(
        JSON.stringify(ids) === JSON.stringify(cases.map(({ id }) => id)),
        exchange,
        'In the order asked.',
      );
      const outcomes = results.map((one) => (one.outcome === 'done' ? 'done' : one.problem.code));
      const wanted = ['done', 'not_found', 'case_closed', 'done'];
      demand(
        JSON.stringify(outcomes) === JSON.stringify(wanted),
        exchange,
        `They become ${wanted.join(', ')}.`,
      );
      const read = await world.agent.send('getCase', { id: last.id });
      demand(answerOf('getCase', read).status === 'closed', read, 'What is done is kept.');
    },
  },
  {
    id: 'export.rows',
    title: 'A file of a list has its rows, each once, as a download',
    needs: ['export', 'createCases'],
    async run(world) {
      const { permissions } = await world.session();
      if (permissions['exportCases']?.allowed !== true) skip('the agent may not export');
      await world.aCase({ subject: world.subject('in a file') });
      const filter = { customerId: await world.customerId(), sort: '-created' };
      const { items, ended } = await walk<CaseSummary>(world.agent, 'listCases', { query: filter });
      if (!ended) skip('the customer has more cases than a run reads');
      const query = { ...filter, columns: 'id' };
      const exchange = await world.agent.send('exportCases', { query });
      const { headers, text } = exchange;
      demand(exchange.status === 200, exchange, 'The file is answered.');
      demand(headers.get('content-type')?.startsWith('text/csv') === true, exchange, 'It is text/csv.');
      const disposition = headers.get('content-disposition') ?? '';
      demand(disposition.startsWith('attachment'), exchange, 'It is a download.');
      const [, ...rows] = text.trimEnd().split('\r\n');
      const same = JSON.stringify(rows) === JSON.stringify(items.map(({ id }) => id));
      demand(same, exchange, `It has the ${items.length} rows of the list, in the same order.`);
    },
  },
  {
    id: 'views.private',
    title: 'A view is kept, changed by its version, seen by nobody else, and removed',
    needs: ['views'],
    who: ['administrator'],
    async run(world) {
      const { permissions } = await world.session();
      if (permissions['saveViews']?.allowed !== true) skip('the agent may keep no views');
      const body = { name: `Conformance ${world.mark}`, filters: { status: ['open'] } };
      const made = await world.agent.ok('createView', { body });
      const read = await world.agent.send('getView', { id: made.id });
      demand(answerOf('getView', read).name === body.name, read, 'It has its name.');
      await world.as('administrator').refused('getView', { id: made.id }, 'not_found');
      const change = { name: `Conformance ${world.mark} again` };
      const changed = await world.agent.ok('updateView', {
        id: made.id,
        version: made.version,
        body: change,
      });
      const late = { id: made.id, version: made.version, body: change };
      await world.agent.refused('updateView', late, 'version_conflict');
      await world.agent.ok('deleteView', { id: made.id, version: changed.version });
      await world.agent.refused('getView', { id: made.id }, 'not_found');
    },
  },
  {
    id: 'settings.guarded',
    title: 'Settings are changed by administrators alone, and by the version they read',
    needs: ['editSettings'],
    who: ['administrator'],
    async run(world) {
      const administrator = world.as('administrator');
      const { version, reopenOnCustomerReply } = await administrator.ok('getSettings');
      // What they are already: nothing changes for anybody.
      const body = { reopenOnCustomerReply };
      const { permissions } = await world.session();
      if (permissions['editSettings']?.allowed !== true)
        await world.agent.refused('updateSettings', { version, body }, 'forbidden');
      const late = await administrator.send('updateSettings', { version: `${version}0`, body });
      problemOf(late, ['version_conflict']);
      await administrator.refused('updateSettings', { body }, 'version_required');
    },
  },
];
