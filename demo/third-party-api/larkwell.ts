import { customers } from '../sample-data/customers.js';
import { people } from '../sample-data/people.js';
import { sampleData } from '../sample-data/sample-data.js';
import type { Author, Comment, State, Ticket, TicketData } from './records.js';

const severities: Readonly<Record<string, number>> = { high: 1, normal: 2, low: 3 };
const categories: Readonly<Record<string, string>> = {
  billing: 'BIL',
  technical: 'TEC',
  complaint: 'CPL',
  account: 'ACC',
};
const channels: Readonly<Record<string, string>> = {
  phone: 'tel',
  'e-mail': 'mail',
  portal: 'web',
  letter: 'post',
};
const outcomes: Readonly<Record<string, readonly [code: string, state: State]>> = {
  resolved: ['fixed', 'solved'],
  'no-answer-from-customer': ['no_reply', 'dropped'],
  duplicate: ['double', 'dropped'],
  'withdrawn-by-customer': ['withdrawn', 'dropped'],
};

/** What Larkwell Fibre would have in that ticket system: the people and cases of the demonstration, in its own numbers. */
export function larkwellTickets(now: Date): TicketData {
  const agents = people.filter(({ kind }) => kind === 'agent');
  const buyers = people.filter(({ kind }) => kind === 'customer');
  const numberOf = (list: typeof people, id: string | undefined) => {
    const place = list.findIndex((person) => person.id === id);
    return place === -1 ? null : place + 1;
  };
  const authorOf = (id: string | undefined): Author => {
    const buyer = numberOf(buyers, id);
    return buyer === null ? { sort: 'staff', no: numberOf(agents, id) ?? 1 } : { sort: 'contact', no: buyer };
  };
  const accountNo = (id: string | undefined) => Number(/\d+$/.exec(id ?? '')?.[0] ?? 0);
  let comment = 0;

  const tickets = (sampleData(now).cases ?? []).map((entry, index): Ticket => {
    const comments = (entry.entries ?? []).map((line): Comment => {
      comment += 1;
      return {
        no: comment,
        text: line.text,
        isPrivate: line.visibility !== 'public',
        author: authorOf(line.by),
        writtenOn: seconds(line.at),
      };
    });
    const last = [...(entry.entries ?? [])].reverse().find(({ kind }) => kind !== 'note');
    const [code, state] = (last?.kind === 'closure' && outcomes[last.reason ?? '']) || [];
    return {
      no: index + 1,
      title: [...entry.subject].slice(0, 80).join(''),
      text: entry.description,
      state: state ?? (last?.kind === 'closure' ? 'solved' : entry.assigneeId ? 'in_work' : 'new'),
      severity: severities[entry.priority ?? ''] ?? 2,
      category: categories[entry.type ?? ''] ?? 'OTH',
      channel: channels[entry.contactMethod ?? ''] ?? null,
      accountNo: accountNo(entry.customerId),
      contactNo: numberOf(buyers, entry.requesterId),
      ownerNo: numberOf(agents, entry.assigneeId),
      openedBy: authorOf(entry.createdBy),
      openedOn: seconds(entry.createdAt),
      changedOn: comments.at(-1)?.writtenOn ?? seconds(entry.createdAt),
      due: entry.deadline === undefined ? null : seconds(entry.deadline),
      labels: [...(entry.tags ?? [])],
      lock: 1 + comments.length,
      outcome:
        last?.kind === 'closure'
          ? { code: code ?? 'fixed', by: authorOf(last.by), on: seconds(last.at) }
          : null,
      comments,
    };
  });

  return {
    staff: agents.map(({ name, email, former }, index) => ({
      no: index + 1,
      display: name,
      mail: email,
      ...(former && { left: true }),
    })),
    contacts: buyers.map(({ name, email, customer }, index) => ({
      no: index + 1,
      display: name,
      mail: email,
      accountNo: accountNo(customer),
    })),
    accounts: customers.map(({ id, name, number, mainContact }) => ({
      no: accountNo(id),
      title: name,
      reference: number,
      firstContactNo: numberOf(buyers, mainContact),
    })),
    tickets,
  };
}

function seconds(moment: string): number {
  return Math.floor(Date.parse(moment) / 1000);
}
