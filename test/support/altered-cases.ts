import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';

import { expect } from 'vitest';

import { createApp } from '../../server/app.js';
import type { CallContext, CaseBackend } from '../../server/backend.js';
import { allCases } from '../../server/cli/conformance/all-cases.js';
import { runCases, type Result } from '../../server/cli/conformance/run.js';
import { World } from '../../server/cli/conformance/world.js';
import type { Engine } from '../../server/engine/engine.js';
import { jwtAuthenticator } from '../../server/middleware/authenticate.js';
import { testSecret } from './app.js';
import type { Breakage } from './broken-backend.js';
import { askersOf, failuresOf, optionsFor } from './conformance.js';

/** Names of breakages, and what else counts with them: what was made once for several cases. */
type Met = Set<string | Met>;

/** Takes note of what is met while things are made once, so that it counts for every case that stands on them. */
class WatchedWorld extends World {
  readonly #open: Met[] = [];
  readonly #made = new Map<string, Met>();

  /** For whom a call counts that is made now. */
  asking(): readonly Met[] {
    return [...this.#open];
  }

  async watch(act: () => Promise<unknown>, met: Met = new Set()): Promise<Met> {
    this.#open.push(met);
    await act().finally(() => this.#open.splice(this.#open.indexOf(met), 1));
    return met;
  }

  override once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name);
    const met: Met = known ?? new Set();
    for (const one of this.#open) if (one !== met) one.add(met);
    if (known) return super.once(name, make);
    this.#made.set(name, met);
    return super.once(name, async () => {
      let made: Promise<T> | undefined;
      await this.watch(() => (made = make()), met);
      return made as Promise<T>;
    });
  }
}

/** One call of a method of the port, and what a good backend answered. */
interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly answer: Promise<unknown>;
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** The call that is rehearsed, and how often the very same was asked of the good backend, and anything else. */
const rehearsed = new AsyncLocalStorage<{ readonly call: Call; same: number; others: number }>();

/** A broken backend on top of answers that a good one has given already. */
class Rehearsal {
  readonly #broken: Partial<Record<string, Method>>;

  constructor(how: Breakage) {
    const good = new Proxy({} as CaseBackend, {
      get:
        (_, method) =>
        (...args: readonly unknown[]) =>
          this.#ask(String(method), args),
    });
    this.#broken = how(good) as Partial<Record<string, Method>>;
  }

  /** What the breakage asks of the good backend: the very same, or else it is not known what would come. */
  #ask(method: string, args: readonly unknown[]): Promise<unknown> {
    const now = rehearsed.getStore();
    if (!now) throw new Error('Nothing is rehearsed.');
    const isSame =
      method === now.call.method &&
      args.length === now.call.args.length &&
      // Who asks is the same one or another one; what is asked may be a copy.
      args.at(-1) === now.call.args.at(-1) &&
      isDeepStrictEqual(args.slice(0, -1), now.call.args.slice(0, -1));
    if (isSame) now.same += 1;
    else now.others += 1;
    return isSame ? now.call.answer : Promise.reject(new Error('Something else is asked.'));
  }

  breaks(method: string): boolean {
    return Object.hasOwn(this.#broken, method);
  }

  /** Whether the broken backend does or answers anything else than the good one. */
  async differs(call: Call): Promise<boolean> {
    const now = { call, same: 0, others: 0 };
    const [answer, own] = await Promise.allSettled([
      call.answer,
      rehearsed.run(now, async () => this.#broken[call.method]?.(...call.args)),
    ]);
    if (now.same !== 1 || now.others > 0) return true;
    if (answer.status === 'fulfilled' && own.status === 'fulfilled')
      return streaming.has(call.method)
        ? own.value !== answer.value
        : !isDeepStrictEqual(own.value, answer.value);
    if (answer.status === 'rejected' && own.status === 'rejected') return own.reason !== answer.reason;
    return true;
  }
}

/** What is read while it comes can be read by one only, and is never alike. */
const streaming: ReadonlySet<string> = new Set<keyof CaseBackend>(['events', 'downloadAttachment']);

function standInFor(method: string, answer: unknown): unknown {
  if (method === 'events') return (async function* none() {})();
  const { attachment } = answer as { readonly attachment: unknown };
  return { attachment, content: new ReadableStream() };
}

/**
 * Runs the whole kit against an engine, which has to pass; for each case the breakages that would have done or answered
 * anything else than the engine, in any call that the case makes. What no breakage alters has the outcome it has here.
 */
export async function alteredCases(
  engine: Engine,
  breakages: Readonly<Record<string, Breakage>>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rehearsals = Object.entries(breakages).map(([name, how]) => [name, new Rehearsal(how)] as const);
  let asking: () => readonly Met[] = () => [];

  async function watchedCall(method: string, call: Method, args: readonly unknown[]): Promise<unknown> {
    const mets = asking();
    const given = await call(...args).then(
      (value) => ({
        value,
        answer: Promise.resolve(streaming.has(method) ? standInFor(method, value) : value),
      }),
      (error: Error) => ({ error, answer: Promise.reject<unknown>(error) }),
    );
    given.answer.catch(() => undefined);
    for (const [name, rehearsal] of rehearsals.filter(([, one]) => one.breaks(method)))
      if (await rehearsal.differs({ method, args, answer: given.answer }))
        for (const met of mets) met.add(name);
    if ('error' in given) throw given.error;
    return given.value;
  }

  const watched = new Proxy(engine, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const call = value.bind(target) as Method;
      if (!rehearsals.some(([, one]) => one.breaks(String(name)))) return call;
      return (...args: [...unknown[], CallContext]) => watchedCall(String(name), call, args);
    },
  });
  const app = createApp({ backend: watched, authenticate: jwtAuthenticator({ secret: testSecret }) });
  const world = new WatchedWorld(optionsFor(app, await askersOf({ app, engine }), {}));
  asking = () => world.asking();
  const metBy = new Map<string, Met>();
  for (const one of allCases) {
    const results: Result[] = [];
    const run = async () => results.push(...(await runCases([one], world)));
    metBy.set(one.id, await world.watch(run));
    expect(failuresOf(results)).toEqual([]);
  }
  rehearsed.disable();
  return new Map([...metBy].map(([id, met]) => [id, namesIn(met)]));
}

function namesIn(met: Met, seen = new Set<Met>()): Set<string> {
  if (seen.has(met)) return new Set();
  seen.add(met);
  return new Set([...met].flatMap((one) => (typeof one === 'string' ? [one] : [...namesIn(one, seen)])));
}
