import type { CallContext, CaseBackend } from '../../server/backend.js';
import { BackendError } from '../../server/backend-error.js';

/** What a backend does wrong: the methods it has instead of those of a good one. */
export type Breakage = (good: CaseBackend) => Partial<CaseBackend>;

/** A good backend that breaks one promise. */
export function brokenBackend(good: CaseBackend, breakage: Breakage): CaseBackend {
  const broken = breakage(good) as Record<PropertyKey, unknown>;
  return new Proxy(good, {
    get(target, name) {
      if (Object.hasOwn(broken, name)) return broken[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Several breakages at once, none of them of a method that another breaks too. */
export function together(several: readonly Breakage[]): Breakage {
  return (good) => Object.assign({}, ...several.map((how) => how(good))) as Partial<CaseBackend>;
}

/** The same call with the eyes of an administrator. */
function seeingAll<T extends CallContext>(context: T): T {
  const { actor } = context;
  const roles = ['system-administrator'];
  return { ...context, actor: { ...actor, id: 'person_iris', kind: 'agent', roles, customer: null } };
}

const isCustomer = ({ actor }: CallContext) => actor.kind === 'customer';

const codeOf = (error: unknown) => (error instanceof BackendError ? error.code : undefined);

/** One promise that is broken. */
interface Broken {
  readonly how: Breakage;
  /** The cases of the kit that tell. */
  readonly fails: readonly string[];
  /** Milliseconds to wait, where what is waited for never comes. */
  readonly patience?: number;
}

/** Every breakage, with the cases of the kit that it fails. */
export const breakages: Readonly<Record<string, Broken>> = {
  'tells customers the internal notes': {
    how: (good) => ({
      listNotes: (id, query, context) => good.listNotes(id, query, seeingAll(context)),
    }),
    fails: [
      'internal.closure',
      'internal.notes',
      'leaks.read',
      'preview.exact',
      'projects.shared',
      'sharing.customer-sees',
      'sight.co-worker',
      'sight.department',
    ],
  },
  'tells customers the whole history': {
    how: (good) => ({
      listTimeline: (id, query, context) => good.listTimeline(id, query, seeingAll(context)),
    }),
    fails: [
      'internal.closure',
      'internal.timeline',
      'leaks.read',
      'portal.fields',
      'preview.exact',
      'projects.shared',
      'sight.co-worker',
      'sight.department',
    ],
  },
  'shows anybody any case by its id': {
    how: (good) => ({
      getCase: (id, context) => good.getCase(id, isCustomer(context) ? seeingAll(context) : context),
    }),
    fails: [
      'internal.closure',
      'leaks.read',
      'portal.features',
      'portal.fields',
      'preview.exact',
      'projects.shared',
      'sharing.customer-sees',
      'sight.co-worker',
    ],
  },
  'searches in all cases for anybody': {
    how: (good) => ({
      listCases: (query, context) =>
        good.listCases(query, query.q === undefined ? context : seeingAll(context)),
    }),
    fails: [
      'leaks.search',
      'portal.fields',
      'preview.exact',
      'projects.shared',
      'sight.co-worker',
      'sight.department',
    ],
  },
  'counts cases that one may not see': {
    how: (good) => ({
      async listCases(query, context) {
        const page = await good.listCases(query, context);
        if (page.total === undefined || !isCustomer(context)) return page;
        return { ...page, total: (await good.listCases(query, seeingAll(context))).total };
      },
    }),
    fails: ['leaks.search', 'leaks.total', 'preview.exact', 'projects.shared', 'sight.co-worker'],
  },
  'repeats a row at the border of a page': {
    how: (good) => {
      const lastOf = new Map<string, Awaited<ReturnType<CaseBackend['listCases']>>['items']>();
      return {
        async listCases(query, context) {
          const page = await good.listCases(query, context);
          const before = query.cursor === undefined ? [] : (lastOf.get(query.cursor) ?? []);
          if (page.next !== null) lastOf.set(page.next, page.items.slice(-1));
          return { ...page, items: [...before, ...page.items].slice(0, query.limit ?? 25) };
        },
      };
    },
    fails: ['paging.to-the-end'],
  },
  'loses a row at the border of a page': {
    how: (good) => ({
      async listCases(query, context) {
        const page = await good.listCases(query, context);
        return query.cursor === undefined ? page : { ...page, items: page.items.slice(1) };
      },
    }),
    fails: ['paging.to-the-end'],
  },
  'takes any cursor for the first page': {
    how: (good) => ({
      async listCases(query, context) {
        const { cursor: _, ...first } = query;
        return good.listCases(query, context).catch((error: unknown) => {
          if (codeOf(error) !== 'validation_failed') throw error;
          return good.listCases(first, context);
        });
      },
    }),
    fails: ['paging.cursor'],
  },
  'counts one too many': {
    how: (good) => ({
      async listCases(query, context) {
        const page = await good.listCases(query, context);
        return page.total === undefined ? page : { ...page, total: page.total + 1 };
      },
    }),
    fails: [
      'leaks.search',
      'leaks.total',
      'preview.exact',
      'projects.shared',
      'sight.co-worker',
      'sight.department',
      'totals.cases',
    ],
  },
  'leaves the filter of the status out': {
    how: (good) => ({
      listCases: ({ status: _, ...query }, context) => good.listCases(query, context),
    }),
    fails: ['filters.status', 'status.close'],
  },
  'writes whatever version was read': {
    how: (good) => ({
      async updateCase(id, change, context) {
        for (;;) {
          const { version } = await good.getCase(id, context);
          try {
            return await good.updateCase(id, change, { ...context, version });
          } catch (error) {
            if (codeOf(error) !== 'version_conflict') throw error;
          }
        }
      },
    }),
    fails: ['versions.stale', 'versions.race'],
  },
  'says of a conflict that it is one, and no more': {
    how: (good) => ({
      updateCase: (id, change, context) =>
        good.updateCase(id, change, context).catch((error: unknown) => {
          throw codeOf(error) === 'version_conflict' ? new BackendError('version_conflict') : error;
        }),
    }),
    fails: ['versions.stale'],
  },
  'forgets the keys of notes': {
    how: (good) => {
      const used = new Set<string>();
      return {
        createNote(id, input, context) {
          const again = used.has(context.idempotencyKey);
          used.add(context.idempotencyKey);
          const forgotten = { ...context, idempotencyKey: crypto.randomUUID() };
          return good.createNote(id, input, again ? forgotten : context);
        },
      };
    },
    fails: ['idempotency.at-once', 'idempotency.note', 'idempotency.other-body'],
  },
  'looks at the key alone, not at what was written with it': {
    how: (good) => {
      const firstOf = new Map<string, string>();
      return {
        createNote(id, input, context) {
          const first = firstOf.get(context.idempotencyKey) ?? context.fingerprint;
          firstOf.set(context.idempotencyKey, first);
          const alike = first === context.fingerprint ? context : { ...context, fingerprint: first };
          return good.createNote(id, input, alike);
        },
      };
    },
    fails: ['idempotency.other-body'],
  },
  'answers 500 for what is not there': {
    how: (good) => ({
      getCase: (id, context) =>
        good.getCase(id, context).catch((error: unknown) => {
          throw codeOf(error) === 'not_found' ? new Error('no row') : error;
        }),
    }),
    fails: [
      'errors.unknown-ids',
      'leaks.read',
      'preview.exact',
      'projects.shared',
      'sharing.customer-sees',
      'sight.co-worker',
      'sight.department',
    ],
  },
  'refuses what is hidden with forbidden': {
    how: (good) => ({
      getCase: (id, context) =>
        good.getCase(id, context).catch(async (error: unknown) => {
          await good.getCase(id, seeingAll(context));
          throw codeOf(error) === 'not_found' ? new BackendError('forbidden') : error;
        }),
    }),
    fails: [
      'leaks.read',
      'preview.exact',
      'projects.shared',
      'sharing.customer-sees',
      'sight.co-worker',
      'sight.department',
    ],
  },
  'makes HTML of what is written': {
    how: (good) => ({
      createNote: (id, { text, ...input }, context) =>
        good.createNote(id, { ...input, text: text?.replaceAll('<', '&lt;') }, context),
    }),
    fails: ['notes.create'],
  },
  'keeps no explanation of a closure': {
    how: (good) => ({
      async getCase(id, context) {
        return { ...(await good.getCase(id, context)), closure: null };
      },
    }),
    fails: ['status.close'],
  },
  'changes a byte of a file': {
    how: (good) => ({
      async downloadAttachment(id, context) {
        const { attachment, content } = await good.downloadAttachment(id, context);
        const last = new TransformStream<Uint8Array, Uint8Array>({
          transform: (chunk, out) => out.enqueue(chunk.map((byte, at) => (at === 13 ? byte ^ 1 : byte))),
        });
        return { attachment, content: content.pipeThrough(last) };
      },
    }),
    fails: ['attachments.bytes'],
  },
  'hands files to anybody': {
    how: (good) => ({
      downloadAttachment: (id, context) => good.downloadAttachment(id, seeingAll(context)),
    }),
    fails: ['internal.attachments', 'leaks.attachments'],
  },
  'drops the events of notes': {
    how: (good) => ({
      events: async (position, context) =>
        picked(await good.events(position, context), ({ event }) => event.kind !== 'note.created'),
    }),
    patience: 500,
    fails: [
      'events.delivered',
      'events.hidden',
      'events.ids-only',
      'events.internal',
      'events.resume',
      'sight.department-events',
    ],
  },
  'begins every stream anew': {
    how: (good) => ({
      async events(position, context) {
        if (position === undefined) return good.events(position, context);
        const now = new Date().toISOString();
        // What others write at this moment keeps back where a stream begins.
        return picked(await good.events(undefined, context), ({ event }) => (event.at ?? now) >= now);
      },
    }),
    patience: 5_000,
    fails: ['events.resume'],
  },
  'tells everybody every event': {
    how: (good) => ({ events: (position, context) => good.events(position, seeingAll(context)) }),
    fails: ['events.hidden', 'events.internal', 'sight.department-events'],
  },
  'says more in an event than what it is about': {
    how: (good) => ({
      events: async (position, context) =>
        changed(await good.events(position, context), (one) => ({
          ...one,
          event: { ...one.event, subject: 'what it is about' },
        })),
    }),
    fails: ['events.ids-only'],
  },
  'revokes nothing': {
    how: () => ({ revokeGrant: () => Promise.resolve() }),
    fails: [
      'projects.shared',
      'sharing.customer-sees',
      'sharing.revoke',
      'sight.co-worker',
      'sight.department',
      'sight.department-limits',
    ],
  },
  'lets everybody win an entry': {
    how: (good) => ({
      takeInboxEntry: (id, context) =>
        good.takeInboxEntry(id, context).catch((error: unknown) => {
          if (codeOf(error) !== 'entry_owned') throw error;
          return good.getInboxEntry(id, context);
        }),
    }),
    fails: ['inboxes.race'],
  },
  'shows any agent any case by its id': {
    how: (good) => ({
      getCase: (id, context) => good.getCase(id, isCustomer(context) ? context : seeingAll(context)),
    }),
    fails: ['sight.department', 'sight.department-limits'],
  },
  'lets a receiving department close': {
    how: (good) => ({
      closeCase: (id, input, context) =>
        good.closeCase(id, input, context).catch((error: unknown) => {
          if (codeOf(error) !== 'forbidden') throw error;
          return good.closeCase(id, input, seeingAll(context));
        }),
    }),
    fails: ['sight.department-limits'],
  },
  'tells agents of every case': {
    how: (good) => ({
      events: (position, context) =>
        good.events(position, isCustomer(context) ? context : seeingAll(context)),
    }),
    fails: ['sight.department-events'],
  },
  'lists customers all cases of their account': {
    how: (good) => ({
      listCases: (query, context) => {
        const { kind, customer } = context.actor;
        if (kind === 'agent' || customer === null) return good.listCases(query, context);
        return good.listCases({ ...query, customerId: customer }, seeingAll(context));
      },
    }),
    fails: ['portal.fields', 'sight.co-worker'],
  },
  'previews with the eyes of whoever asks': {
    how: (good) => ({
      async previewGrant(input, context) {
        const preview = await good.previewGrant(input, context);
        const { items } = await good.listTimeline(input.caseId, {}, context);
        return { ...preview, case: await good.getCase(input.caseId, context), timeline: items };
      },
    }),
    fails: ['preview.exact'],
  },
  'shows customers what the portal hides': {
    how: (good) => ({
      async getCase(id, context) {
        const { permissions, ...shown } = await good.getCase(id, context);
        if (!isCustomer(context)) return { ...shown, permissions };
        return { ...(await good.getCase(id, seeingAll(context))), ...shown, permissions };
      },
    }),
    fails: ['portal.fields', 'preview.exact'],
  },
  'takes answers that the portal does not offer': {
    how: (good) => ({
      createNote: (id, input, context) =>
        good.createNote(id, input, context).catch((error: unknown) => {
          if (codeOf(error) !== 'forbidden' || input.visibility !== 'public') throw error;
          return good.createNote(id, { ...input, subject: 'follow-up' }, seeingAll(context));
        }),
    }),
    fails: ['portal.features'],
  },
  'keeps no choice of notices': {
    how: (good) => ({
      async setNotices(id, { replies }, context) {
        return { ...(await good.getNotices(id, context)), replies };
      },
    }),
    fails: ['notices.choice'],
  },
  'tells anybody what became of a notice': {
    how: (good) => ({ getNoticeDelivery: (id, context) => good.getNoticeDelivery(id, seeingAll(context)) }),
    fails: ['notices.delivery'],
  },
  'has a receipt for each opening': {
    how: (good) => ({
      async listReceipts(id, context) {
        const { items, next } = await good.listReceipts(id, context);
        return { items: items.flatMap((item) => [item, item]), next };
      },
    }),
    fails: ['receipts.once'],
  },
  'leaves an entry in the inbox it is forwarded from': {
    how: (good) => ({ forwardInboxEntry: (id, _input, context) => good.getInboxEntry(id, context) }),
    fails: ['inboxes.forward', 'inboxes.forward-nowhere', 'inboxes.undo'],
  },
  'takes nothing back': {
    how: (good) => ({ undoInboxEntry: (id, context) => good.getInboxEntry(id, context) }),
    fails: ['inboxes.undo'],
  },
  'shows any agent any entry': {
    how: (good) => ({
      getInboxEntry: (id, context) =>
        good.getInboxEntry(id, isCustomer(context) ? context : seeingAll(context)),
    }),
    fails: ['inboxes.members'],
  },
  'shows customers any project': {
    how: (good) => ({ getProject: (id, context) => good.getProject(id, seeingAll(context)) }),
    fails: ['projects.shared'],
  },
};

/** No broken promise: a backend that has less, and says so. */
export const withoutSearchEventsSharing: Breakage = (good) => {
  const missing = () => Promise.reject(new BackendError('capability_missing'));
  return {
    async getSession(context) {
      const session = await good.getSession(context);
      const { sharing: _, ...capabilities } = session.capabilities;
      const less = { ...capabilities, search: false, events: false, versions: 'checked' as const };
      return { ...session, capabilities: less };
    },
    listCases: (query, context) => (query.q === undefined ? good.listCases(query, context) : missing()),
    events: missing,
    listGrants: missing,
    createGrants: missing,
    listCandidates: missing,
    listReceipts: missing,
  };
};

async function* picked<T>(source: AsyncIterable<T>, wanted: (one: T) => boolean): AsyncIterable<T> {
  for await (const one of source) if (wanted(one)) yield one;
}

async function* changed<T>(source: AsyncIterable<T>, change: (one: T) => T): AsyncIterable<T> {
  for await (const one of source) yield change(one);
}
