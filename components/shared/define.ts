import { version } from './version.js';

/** What the class of an element tells other copies of this package, and the templates it is used in. */
export interface ElementClass extends CustomElementConstructor {
  /** The version that registered it. */
  casementVersion?: string;
  /** What stands before its usual name: `acme-` of `acme-case-list`. */
  readonly tagPrefix?: string;
}

const told = new Set<string>();

/**
 * Registers an element unless the name is taken: the first one stays, and nothing throws.
 *
 * The same version twice is no trouble. Another one, or an element of somebody else, is said once with `console.warn`.
 */
export function defineElement(name: string, element: ElementClass): void {
  const first: ElementClass | undefined = customElements.get(name);
  if (!first) {
    element.casementVersion = version;
    customElements.define(name, element);
    return;
  }
  const other = first.casementVersion;
  if (other === version || told.has(other ?? name)) return;
  told.add(other ?? name);
  console.warn(
    `Casement ${version}: <${name}> is already defined by ${other ? `Casement ${other}` : 'another script'}, which stays in use. Load one of them, or give this one names of its own: defineCaseElements({ prefix }).`,
  );
}

/** What stands before the usual names of the elements that `host` was registered with. */
export function prefixOf(host: Element): string {
  return (host.constructor as ElementClass).tagPrefix ?? '';
}
