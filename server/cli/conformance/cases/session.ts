import { grantLevels } from '../../../../src/contract/grants.js';
import { sessionActions } from '../../../../src/contract/session.js';
import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand } from '../exchange.js';
import { Broken } from '../failure.js';
import { roles } from '../roles.js';

/** Who is signed in, and what is declared. */
export const sessionCases: readonly ConformanceCase[] = [
  {
    id: 'session.agent',
    title: 'The session says who acts, the settings, what the backend can do and what the agent may do',
    async run(world) {
      const exchange = await world.agent.send('getSession');
      const session = answerOf('getSession', exchange);
      demand(session.actor.kind === 'agent', exchange, 'The agent is an agent.');
      const absent = sessionActions.filter((action) => session.permissions[action] === undefined);
      demand(absent.length === 0, exchange, `"permissions" has a verdict on ${absent.join(', ')}.`);
      const lists = session.permissions['listCases'];
      demand(lists?.allowed === true, exchange, 'The agent of a run may list cases.');
      const wordless = Object.values(session.permissions).some(({ allowed, reason }) => !allowed && !reason);
      demand(!wordless, exchange, 'Every refusal says its reason.');
    },
  },
  {
    id: 'session.customers',
    title: 'Customers are customers, and the two of a run belong to different accounts',
    who: ['customer', 'other-customer'],
    async run(world) {
      for (const role of ['customer', 'other-customer'] as const) {
        const exchange = await world.as(role).send('getSession');
        const { actor } = answerOf('getSession', exchange);
        demand(actor.kind === 'customer', exchange, `The ${role} is a customer.`);
        demand(actor.roles.length === 0, exchange, 'A customer has no roles.');
      }
      const exchange = await world.as('other-customer').send('getSession');
      const other = answerOf('getSession', exchange).actor;
      const { actor } = await world.session('customer');
      demand(actor.id !== other.id, exchange, 'The two customers are two people.');
      const ids = [await world.customerId('customer'), await world.customerId('other-customer')];
      demand(ids[0] !== ids[1], exchange, 'The two customers belong to two accounts.');
    },
  },
  {
    id: 'session.capabilities',
    title: 'What is declared of sharing can be meant',
    needs: ['sharing'],
    async run(world) {
      const exchange = await world.agent.send('getSession');
      const { sharing } = answerOf('getSession', exchange).capabilities;
      const bad = (sharing?.kinds ?? []).filter((kind) => {
        const levels = sharing?.levels[kind] ?? [];
        const known: readonly string[] | undefined = Object.hasOwn(grantLevels, kind)
          ? grantLevels[kind as keyof typeof grantLevels]
          : undefined;
        return levels.length === 0 || known === undefined || levels.some((level) => !known.includes(level));
      });
      demand(
        bad.length === 0,
        exchange,
        `Each kind of grantee has levels of the contract: ${bad.join(', ')}.`,
      );
    },
  },
  {
    id: 'session.unauthenticated',
    title: 'Without a token, and with a forged one, nothing is answered',
    async run(world) {
      for (const routeId of ['getSession', 'listCases', 'createCase'] as const) {
        await world.nobody.refused(routeId, routeId === 'createCase' ? { body: {} } : {}, 'unauthenticated');
        const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.' };
        const ask = { headers: forged, ...(routeId === 'createCase' && { body: {} }) };
        await world.nobody.refused(routeId, ask, 'unauthenticated');
      }
    },
  },
  {
    id: 'session.undeclared',
    title: 'What is not declared is refused as missing, or reads as empty',
    async run(world) {
      const { capabilities } = await world.session();
      const calls = [
        ['inboxes', 'listInboxes'],
        ['projects', 'listProjects'],
        ['views', 'listViews'],
        ['events', 'streamEvents'],
        ['export', 'exportCases'],
      ] as const;
      for (const [name, routeId] of calls) {
        if (capabilities[name] === true) continue;
        // A stream would never end.
        const stop = new AbortController();
        const response = await world.agent.open(routeId, {}, stop.signal);
        const { status } = response;
        const body = response.headers.get('content-type')?.includes('json') ? await response.text() : '';
        stop.abort();
        const isEmpty = status === 200 && body.includes('"items":[]');
        const isRefused = status === 501 && body.includes('"capability_missing"');
        const hasNoStream = routeId === 'streamEvents' && status === 204;
        if (isEmpty || isRefused || hasNoStream) continue;
        const says = `"${name}" is not declared: this is 501 capability_missing, an empty list, or 204 in place of a stream.`;
        throw new Broken(says, `as agent: ${routeId}`, `${status} ${body}`);
      }
    },
  },
  {
    id: 'session.settings',
    title: 'The settings are those of the session, for everybody',
    async run(world) {
      for (const role of roles) {
        if (world.isLeftOut(role)) continue;
        const exchange = await world.as(role).send('getSettings');
        const settings = answerOf('getSettings', exchange);
        const session = await world.session(role);
        demand(settings.version === session.settings.version, exchange, 'Both have the same version.');
        const same = JSON.stringify(settings.limits) === JSON.stringify(session.settings.limits);
        demand(same, exchange, 'Both have the same limits.');
      }
    },
  },
];
