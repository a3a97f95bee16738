import type { RouteId } from '../../../../src/contract/routes.js';
import type { Ask } from '../caller.js';
import type { ConformanceCase } from '../conformance-case.js';
import { problemOf } from '../exchange.js';
import { skip } from '../failure.js';

/** Refusals: a stable code, the status that belongs to it, and the fields that are wrong. */
export const errorCases: readonly ConformanceCase[] = [
  {
    id: 'errors.unknown-ids',
    title: 'What is not there is 404, whatever is asked of it',
    async run(world) {
      const note = await world.newNote();
      const { createCases, editCases, closeCases } = await world.capabilities();
      const calls: readonly (readonly [RouteId, Ask])[] = [
        ['getCase', {}],
        ['listNotes', {}],
        ['listTimeline', {}],
        ...(createCases ? ([['createNote', { body: note }]] as const) : []),
        ...(editCases ? ([['updateCase', { version: '1', body: { subject: 'x' } }]] as const) : []),
        ...(closeCases
          ? ([['closeCase', { version: '1', body: await world.statusChange('closureReasons') }]] as const)
          : []),
      ];
      for (const id of ['no-such-case', '999999999', "1' OR '1'='1", '../session']) {
        for (const [routeId, ask] of calls) await world.agent.refused(routeId, { ...ask, id }, 'not_found');
      }
      for (const routeId of ['getPerson', 'getCustomer'] as const)
        await world.agent.refused(routeId, { id: `no-such-${world.mark}` }, 'not_found');
    },
  },
  {
    id: 'errors.broken-json',
    title: 'A body that is no JSON is 400, and one of another media type 415',
    needs: ['createCases'],
    async run(world) {
      for (const raw of ['{"customerId": ', '', 'customerId=1'])
        await world.agent.refused('createCase', { raw }, 'malformed_request');
      const headers = { 'content-type': 'text/plain' };
      await world.agent.refused('createCase', { raw: '{}', headers }, 'unsupported_media_type');
    },
  },
  {
    id: 'errors.wrong-shape',
    title: 'A body of the wrong shape is 422 and names the field',
    needs: ['createCases'],
    async run(world) {
      const wrong = [
        ['customerId', 7],
        ['subject', ['a', 'list']],
        ['tags', 'no list'],
      ] as const;
      for (const [field, value] of wrong) {
        const body = await world.newCase({ [field]: value });
        await world.agent.refused('createCase', { body }, 'validation_failed', [{ field }]);
      }
    },
  },
  {
    id: 'errors.unknown-fields',
    title: 'A field or parameter that the contract does not know is refused by its name',
    needs: ['createCases'],
    async run(world) {
      const body = await world.newCase({ colour: 'green' });
      await world.agent.refused('createCase', { body }, 'validation_failed', [
        { field: 'colour', code: 'unknown_field' },
      ]);
      await world.agent.refused('listCases', { query: { colour: 'green' } }, 'validation_failed', [
        { field: 'colour', code: 'unknown_field' },
      ]);
    },
  },
  {
    id: 'errors.too-long',
    title: 'What is longer than the limits of the settings is refused, with the limit',
    needs: ['createCases'],
    async run(world) {
      const { limits } = await world.settings();
      const subject = await world.newCase({ subject: 's'.repeat(limits.subject + 1) });
      const first = await world.agent.send('createCase', { body: subject });
      problemOf(first, ['validation_failed'], [{ field: 'subject', code: 'too_long' }]);
      const description = await world.newCase({ description: 'd'.repeat(limits.description + 1) });
      await world.agent.refused('createCase', { body: description }, 'validation_failed', [
        { field: 'description', code: 'too_long' },
      ]);
      const { id } = await world.aCase({ subject: world.subject('not to be flooded') });
      const body = await world.newNote({ text: 'n'.repeat(limits.noteText + 1) });
      await world.agent.refused('createNote', { id, body }, 'validation_failed', [
        { field: 'text', code: 'too_long' },
      ]);
      await world.agent.refused('listCases', { query: { q: 'q'.repeat(201) } }, 'validation_failed', [
        { field: 'q', code: 'too_long' },
      ]);
    },
  },
  {
    id: 'errors.unknown-values',
    title: 'A value that is not in the lists of the settings is refused by its field',
    needs: ['createCases'],
    async run(world) {
      const settings = await world.settings();
      const lists = [
        ['type', settings.caseTypes],
        ['priority', settings.priorities],
        ['contactMethod', settings.contactMethods],
      ] as const;
      const used = lists.filter(([, list]) => list.length > 0).map(([field]) => field);
      if (used.length === 0) skip('the settings have no lists');
      const bad = Object.fromEntries(used.map((field) => [field, `no-such-${world.mark}`]));
      const body = await world.newCase(bad);
      const wanted = used.map((field) => ({ field, code: 'unknown_value' }));
      await world.agent.refused('createCase', { body }, 'validation_failed', wanted);
    },
  },
  {
    id: 'errors.unknown-customer',
    title: 'A case of an unknown customer is refused by the field, and nothing is created',
    needs: ['createCases'],
    async run(world) {
      const body = await world.newCase({ customerId: `no-such-${world.mark}` });
      await world.agent.refused('createCase', { body }, 'validation_failed', [{ field: 'customerId' }]);
    },
  },
  {
    id: 'errors.bad-dates',
    title: 'A date that is none is refused, and a range that ends before it begins',
    async run(world) {
      await world.agent.refused('listCases', { query: { dueBy: '2025-02-30' } }, 'validation_failed', [
        { field: 'dueBy', code: 'not_a_date' },
      ]);
      const range = { raisedAfter: '2025-02-02', raisedBefore: '2025-02-01' };
      await world.agent.refused('listCases', { query: range }, 'validation_failed', [
        { field: 'raisedBefore', code: 'empty_range' },
      ]);
    },
  },
  {
    id: 'errors.empty-note',
    title: 'A note without text is refused by the field',
    needs: ['createCases'],
    async run(world) {
      const { id } = await world.aCase({ subject: world.subject('without words') });
      const body = await world.newNote({ text: '   ' });
      await world.agent.refused('createNote', { id, body }, 'validation_failed', [
        { field: 'text', code: 'required' },
      ]);
    },
  },
];
