import { unbroken } from '../http/answer.js';

/** The methods of a resource, which all answer later: what few pages call is fetched with the first call. */
export function lazyResource<R extends object>(load: () => Promise<R>): R {
  return new Proxy({} as R, {
    get: (_, name) =>
      // Whoever awaits the resource itself waits for nothing.
      name === 'then'
        ? undefined
        : async (...parts: unknown[]) => {
            const resource = await unbroken(load());
            return (resource as Record<PropertyKey, (...parts: unknown[]) => unknown>)[name]?.(...parts);
          },
  });
}
