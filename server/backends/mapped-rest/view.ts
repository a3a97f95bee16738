import type { Case, CaseAction, CaseSummary } from '../../../src/contract/cases.js';
import type { Actor, CallContext } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { hasCaseRole } from '../../engine/policy/facts.js';
import { caseVerdicts, type Said } from '../case-verdicts.js';
import { createApi, recordIn, type Answer, type Api, type ApiFor } from './api.js';
import { capabilitiesOf } from './capabilities.js';
import { createNames, type Names } from './names.js';
import type { MappedRestOptions } from './options.js';
import { at, textAt } from './pointers.js';
import { createRecords, digestOf, type PlainCase, type Records } from './records.js';
import { ourId, theirId } from './values.js';

/** Who the API says the actor is. */
export interface Me {
  readonly id: string;
  readonly name: string;
}

/** The API and its records as one actor sees them. */
export interface View {
  readonly actor: Actor;
  readonly api: Api;
  readonly records: Records;
  readonly names: Names;
  /** A case as the answer has it, whole; `not_found` where there is none that the actor may see. */
  caseIn(answer: Answer): Promise<Case>;
  readCase(id: string): Promise<{ readonly found: Case; readonly etag: string | undefined }>;
  /** A case of a list; `undefined` for one that the actor may not see. */
  summaryOf(record: unknown): Promise<CaseSummary | undefined>;
  /** `undefined` where the API does not say. */
  me(): Promise<Me | undefined>;
}

const meKeptMs = 60_000;

/** Makes the view of each actor. */
export function createViews(options: MappedRestOptions): (context: CallContext) => View {
  const apiFor: ApiFor = createApi(options);
  const namesFor = createNames(options);
  const known = new Map<string, { readonly me: Promise<Me | undefined>; readonly at: number }>();
  const { cases, ids } = options;
  const can = capabilitiesOf(options);

  async function lookForMe(actor: Actor, api: Api): Promise<Me | undefined> {
    const source = (actor.kind === 'agent' ? options.actors.agents : options.actors.customers)?.me;
    if (!source) return undefined;
    const { body } = await api.get(source, {});
    const id = ourId(at(body, source.id), actor.kind === 'agent' ? 'agent' : 'contact', ids);
    return id === undefined ? undefined : { id, name: textAt(body, source.name) ?? actor.name };
  }

  function meOf(actor: Actor, api: Api): Promise<Me | undefined> {
    const key = keyOf(actor);
    const found = known.get(key);
    if (found && found.at > Date.now() - meKeptMs) return found.me;
    const me = lookForMe(actor, api);
    if (known.size > 10_000) known.clear();
    known.set(key, { me, at: Date.now() });
    me.catch(() => known.delete(key));
    return me;
  }

  function permissionsOf(record: unknown, { status }: PlainCase, actor: Actor) {
    const agent = actor.kind === 'agent';
    const yes: Said = { rule: 'backend.seen' };
    const open: Said =
      status === 'open'
        ? yes
        : status === 'closed'
          ? { rule: 'case.closed', reason: 'The case is closed. Reopen it first.' }
          : {
              rule: 'case.unknown-status',
              reason: 'The case has a status that only the other system knows.',
            };
    const closed: Said = status === 'open' ? { rule: 'case.open', reason: 'The case is open already.' } : yes;
    const forAgents = (said: Said): Said =>
      agent ? said : { rule: 'customer.agents-only', reason: 'Only agents can do this.' };
    const said: Partial<Record<CaseAction, Said | undefined>> = {
      view: yes,
      reply: options.notes?.reply && open,
      addInternalNote: can.internalNotes ? forAgents(yes) : undefined,
      attach: can.attachments ? open : undefined,
      edit: can.editCases ? forAgents(open) : undefined,
      close: can.closeCases ? forAgents(open) : undefined,
      reopen: can.closeCases
        ? forAgents(status === 'closed' || status === 'open' ? closed : open)
        : undefined,
      assign: can.editCases && cases.fields.assignee ? forAgents(open) : undefined,
      export: forAgents(yes),
    };
    for (const [action, place] of Object.entries(cases.permissions ?? {}) as [
      CaseAction,
      string | boolean,
    ][]) {
      const told = typeof place === 'boolean' ? place : at(record, place);
      if (said[action] && told !== true) {
        said[action] = { rule: 'backend.refused', reason: `${options.name} does not let you do this.` };
      }
    }
    return caseVerdicts(options.name, said);
  }

  return ({ actor, signal }) => {
    if (actor.kind === 'agent' && !hasCaseRole(actor)) {
      throw new BackendError('forbidden', {
        rule: 'cases.role',
        detail: 'Your role does not work on cases.',
      });
    }
    const api = apiFor({ actor, signal });
    const names = namesFor(api, keyOf(actor));
    const records = createRecords(options, names);

    /** Nobody is shown another customer's case, whatever the API answers. */
    const isSeen = (found: PlainCase) =>
      actor.kind === 'agent' || (actor.customer !== null && found.customer?.id === actor.customer);

    const completed = (record: unknown, plain: PlainCase, etag: string | undefined): Case => ({
      ...plain,
      version: versionOf(record, plain, etag),
      permissions: permissionsOf(record, plain, actor),
    });

    function versionOf(record: unknown, plain: PlainCase, etag: string | undefined): string {
      const told = options.version === 'etag' ? etag : textAt(record, cases.fields.version?.at);
      const usable =
        options.version !== undefined && told !== undefined && /^[\x21\x23-\x7e]{1,190}$/.test(told);
      return usable && !told.startsWith('~') ? told : `~${digestOf(plain)}`;
    }

    async function caseIn(answer: Answer): Promise<Case> {
      const record = recordIn(answer, cases.get);
      const plain = await records.caseOf(record);
      if (!plain || !isSeen(plain)) throw new BackendError('not_found');
      return completed(record, plain, bareTag(answer.headers.get('etag')));
    }

    return {
      actor,
      api,
      records,
      names,
      caseIn,
      async readCase(id) {
        const theirs = theirId(id, 'case', ids);
        if (theirs === undefined) throw new BackendError('not_found');
        const answer = await api.get(cases.get, { id: theirs });
        return { found: await caseIn(answer), etag: answer.headers.get('etag') ?? undefined };
      },
      async summaryOf(record) {
        const plain = await records.caseOf(record);
        if (!plain || !isSeen(plain)) return undefined;
        const {
          description: _,
          externalReference: _reference,
          closure: _closure,
          reopening: _reopening,
          ...rest
        } = completed(record, plain, undefined);
        return rest;
      },
      me: () => meOf(actor, api),
    };
  };
}

/** Everything of an actor that what they may see can follow from. */
function keyOf({ tenant, kind, id, email, customer }: Actor): string {
  return JSON.stringify([tenant, kind, id, email, customer]);
}

/** What stands in the quotes of an entity tag. */
function bareTag(etag: string | null): string | undefined {
  return /^(?:W\/)?"(.*)"$/.exec(etag ?? '')?.[1];
}
