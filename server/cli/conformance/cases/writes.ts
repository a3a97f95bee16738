import type { ConformanceCase } from '../conformance-case.js';
import { answerOf, demand } from '../exchange.js';
import { skip } from '../failure.js';
import { choiceOf, dayFromNow } from '../world.js';

/** Creating and changing cases. */
export const writeCases: readonly ConformanceCase[] = [
  {
    id: 'cases.create',
    title: 'A new case is answered as it was sent, and read the same by its id and in the list',
    needs: ['createCases'],
    async run(world) {
      const body = await world.newCase({ subject: world.subject('a new one') });
      const exchange = await world.agent.send('createCase', { body });
      const made = answerOf('createCase', exchange);
      world.created(made.id);
      demand(made.subject === body['subject'], exchange, 'The subject is the one sent.');
      demand(made.description === body['description'], exchange, 'The description is the one sent.');
      demand(made.status === 'open', exchange, 'A new case is open.');
      demand(made.customer?.id === body['customerId'], exchange, 'It belongs to the customer named.');
      const verdicts = Object.keys(made.permissions);
      demand(verdicts.includes('view'), exchange, '"permissions" has verdicts, such as on "view".');

      const read = await world.agent.send('getCase', { id: made.id });
      const { subject, description, number, version } = answerOf('getCase', read);
      demand(
        subject === made.subject && description === made.description,
        read,
        'It reads as it was answered.',
      );
      demand(number === made.number && version === made.version, read, 'Number and version stay the same.');

      const query = { customerId: body['customerId'] as string, sort: '-created', limit: 25 };
      const list = await world.agent.send('listCases', { query });
      const found = answerOf('listCases', list).items.filter(({ id }) => id === made.id);
      demand(found.length === 1, list, 'It is in the list, once, and first by -created.');
    },
  },
  {
    id: 'cases.text',
    title: 'Texts stay the texts they were: markup, quotes, other scripts, line breaks',
    needs: ['createCases'],
    async run(world) {
      const subject = `${world.subject('texts')} <b>&amp; "quoted" 'n' \\ % ünï 日本 🙂`;
      const description = 'First line <script>alert(1)</script> & &lt;\nSecond line\n\n  indented';
      const made = await world.aCase({ subject, description });
      const exchange = await world.agent.send('getCase', { id: made.id });
      const read = answerOf('getCase', exchange);
      demand(read.subject === subject, exchange, `The subject is ${JSON.stringify(subject)}.`);
      demand(
        read.description === description,
        exchange,
        `The description is ${JSON.stringify(description)}.`,
      );
    },
  },
  {
    id: 'cases.change',
    title: 'A change is kept; what it does not name stays; the version moves',
    needs: ['createCases', 'editCases'],
    async run(world) {
      const before = await world.aCase({ subject: world.subject('to be changed') });
      const subject = world.subject('changed');
      const ask = { id: before.id, version: before.version, body: { subject } };
      const changed = await world.agent.send('updateCase', ask);
      const after = answerOf('updateCase', changed);
      demand(after.subject === subject, changed, 'The answer is the record as the change left it.');
      const { versions } = await world.capabilities();
      demand(
        versions === 'none' || after.version !== before.version,
        changed,
        'The version changes with every change of the record.',
      );
      const exchange = await world.agent.send('getCase', { id: before.id });
      const read = answerOf('getCase', exchange);
      demand(read.subject === subject, exchange, 'The change is kept.');
      demand(read.description === before.description, exchange, 'What is absent stays: the description.');
      demand(read.type === before.type, exchange, 'What is absent stays: the type.');
      demand(read.status === 'open', exchange, 'What is absent stays: the status.');
    },
  },
  {
    id: 'cases.fields',
    title: 'Type, priority and contact method can be chosen and changed',
    needs: ['createCases', 'editCases'],
    async run(world) {
      const settings = await world.settings();
      const lists = [
        ['type', settings.caseTypes],
        ['priority', settings.priorities],
        ['contactMethod', settings.contactMethods],
      ] as const;
      const used = lists.filter(([, list]) => choiceOf(list, 1) !== undefined);
      if (used.length === 0) skip('no list of the settings has two values');
      const pick = (place: number) =>
        Object.fromEntries(used.map(([field, list]) => [field, choiceOf(list, place)]));
      let record = await world.aCase({ subject: world.subject('chosen fields'), ...pick(0) });
      for (const place of [0, 1]) {
        if (place === 1) {
          const ask = { id: record.id, version: record.version, body: pick(1) };
          record = await world.agent.ok('updateCase', ask);
        }
        const exchange = await world.agent.send('getCase', { id: record.id });
        const read: Record<string, unknown> = answerOf('getCase', exchange);
        for (const [field, value] of Object.entries(pick(place)))
          demand(read[field] === value, exchange, `"${field}" is "${value}", as it was set.`);
      }
    },
  },
  {
    id: 'cases.tags',
    title: 'Tags are kept, and changed whole',
    needs: ['createCases', 'editCases', 'tags'],
    async run(world) {
      const [first, second] = [`${world.mark}one`, `${world.mark}two`];
      let record = await world.aCase({ tags: [first] });
      for (const tag of [first, second]) {
        if (tag === second) {
          const ask = { id: record.id, version: record.version, body: { tags: [second] } };
          record = await world.agent.ok('updateCase', ask);
        }
        const exchange = await world.agent.send('getCase', { id: record.id });
        const { tags } = answerOf('getCase', exchange);
        demand(
          JSON.stringify(tags) === JSON.stringify([tag]),
          exchange,
          `The tags are "${tag}" and no other.`,
        );
      }
    },
  },
  {
    id: 'cases.tag-counts',
    title: 'Tags are told with how many cases carry them, and a tag of no case is not told',
    needs: ['createCases', 'editCases', 'tags'],
    async run(world) {
      const [first, second] = [`${world.mark}before`, `${world.mark}after`];
      const { id, version } = await world.aCase({ tags: [first] });
      if ((await world.agent.ok('listTags')).items.length === 0) skip('the backend tells no list of tags');
      const counted = async (tag: string, wanted: number | undefined) => {
        const exchange = await world.agent.send('listTags', { query: { q: tag } });
        const count = answerOf('listTags', exchange).items.find((one) => one.tag === tag)?.count;
        demand(
          count === wanted,
          exchange,
          `"${tag}" is carried by ${wanted ?? 'no case, and not in the list'}.`,
        );
      };
      await counted(first, 1);
      await world.agent.ok('updateCase', { id, version, body: { tags: [second] } });
      await counted(first, undefined);
      await counted(second, 1);
    },
  },
  {
    id: 'cases.deadlines',
    title: 'A deadline is a calendar date: kept as it is, changed, and taken away',
    needs: ['createCases', 'editCases', 'deadlines'],
    async run(world) {
      const [first, second] = [dayFromNow(10), dayFromNow(20)];
      let record = await world.aCase({ deadline: first });
      for (const deadline of [first, second, null]) {
        if (deadline !== first) {
          const ask = { id: record.id, version: record.version, body: { deadline } };
          record = await world.agent.ok('updateCase', ask);
        }
        const exchange = await world.agent.send('getCase', { id: record.id });
        const read = answerOf('getCase', exchange).deadline;
        demand(
          (read ?? null) === deadline,
          exchange,
          `"deadline" is ${JSON.stringify(deadline)}, as it was set.`,
        );
      }
    },
  },
  {
    id: 'cases.mandatory',
    title: 'Every mandatory field that is missing is reported at once, and nothing is created',
    needs: ['createCases'],
    async run(world) {
      const { requiredFields } = await world.settings();
      const required = requiredFields.newCase;
      if (required.length === 0) skip('nothing but the customer is mandatory here');
      const body = { customerId: await world.customerId(), priority: null };
      const wanted = required.map((field) => ({ field, code: 'required' }));
      await world.agent.refused('createCase', { body }, 'validation_failed', wanted);
    },
  },
];
