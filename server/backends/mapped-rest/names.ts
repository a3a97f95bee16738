import { BackendError } from '../../backend-error.js';
import { problemCodes } from '../../../src/contract/problem.js';
import { recordIn, type Api } from './api.js';
import type { Get, IdKind, MappedRestOptions } from './options.js';
import { textAt } from './pointers.js';
import { theirId } from './values.js';

/** The names of people and customers that records tell by their ids alone. */
export interface Names {
  /** The name, or the id where nobody can say. */
  of(kind: IdKind, id: string): Promise<string>;
}

interface Source {
  readonly get?: Get | undefined;
  readonly fields: { readonly name: string };
}

/** Names that one actor has asked for, kept for a minute: nobody is told a name that only another may know. */
export function createNames(options: MappedRestOptions, clock: () => number = Date.now) {
  const kept = new Map<string, { readonly name: Promise<string>; readonly at: number }>();
  const most = 5_000;
  const keptMs = 60_000;

  async function look(api: Api, source: Source, kind: IdKind, id: string): Promise<string> {
    const theirs = theirId(id, kind, options.ids);
    if (!source.get || theirs === undefined) return id;
    try {
      const record = recordIn(await api.get(source.get, { id: theirs }), source.get);
      return textAt(record, source.fields.name) ?? id;
    } catch (error) {
      // A name that may not be told must not hide the record it stands in.
      if (error instanceof BackendError && problemCodes[error.code].status < 500) return id;
      throw error;
    }
  }

  return function namesFor(api: Api, actor: string): Names {
    return {
      of(kind, id) {
        const source = sourceOf(options, kind);
        if (!source?.get) return Promise.resolve(id);
        const key = JSON.stringify([actor, kind, id]);
        const found = kept.get(key);
        if (found && found.at > clock() - keptMs) return found.name;
        kept.delete(key);
        const [oldest] = kept.keys();
        if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
        const name = look(api, source, kind, id);
        kept.set(key, { name, at: clock() });
        name.catch(() => kept.delete(key));
        return name;
      },
    };
  };
}

function sourceOf({ customers, agents, contacts }: MappedRestOptions, kind: IdKind): Source | undefined {
  if (kind === 'customer') return customers;
  if (kind === 'agent') return agents;
  return kind === 'contact' ? contacts : undefined;
}
