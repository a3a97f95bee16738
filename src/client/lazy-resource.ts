import { unbroken } from '../http/answer.js';

type Methods = Record<PropertyKey, (...parts: unknown[]) => unknown>;

/**
 * The methods of a resource, which all answer later, `listAll` one by one: what few pages call is fetched with the first
 * call.
 */
export function lazyResource<R extends object>(load: () => Promise<R>): R {
  const loaded = () => unbroken(load()) as Promise<Methods>;
  return new Proxy({} as R, {
    get(_, name) {
      // Whoever awaits the resource itself waits for nothing.
      if (name === 'then') return undefined;
      if (name === 'listAll') {
        return async function* (...parts: unknown[]) {
          yield* (await loaded())[name]?.(...parts) as AsyncIterable<unknown>;
        };
      }
      return async (...parts: unknown[]) => (await loaded())[name]?.(...parts);
    },
  });
}
