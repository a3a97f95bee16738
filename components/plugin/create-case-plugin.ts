import { createCaseClient, type CaseClient, type CaseClientOptions } from '../../src/client/client.js';
import { ConfigError } from '../../src/errors.js';
import { classOf, defineCaseElements, type CaseElement, type CaseElementName } from '../define-elements.js';
import type { CaseHost } from '../shared/host-actions/host-types.js';
import { CaseSelection } from '../shared/selection-context.js';
import { customProperties, type CaseAppearance } from './appearance.js';

/** An element a host mounts; the provider is the plugin's own business. */
export type CasePluginElement = Exclude<
  CaseElementName,
  'case-provider' | 'case-filters' | 'case-timeline' | 'case-tools'
>;

/** The properties an element has of its own, as its page of the reference lists them. */
export type CaseElementProps<K extends CasePluginElement> = {
  -readonly [
    P in Exclude<keyof CaseElement<K>, keyof HTMLElement | 'client'> as P extends string
      ? CaseElement<K>[P] extends (...args: never[]) => unknown
        ? never
        : P
      : never
  ]?: CaseElement<K>[P] | undefined;
};

/** How a plugin is set up. */
export interface CasePluginOptions extends CaseClientOptions {
  /** Theme and design tokens of everything mounted. */
  readonly appearance?: CaseAppearance | undefined;
  /** BCP 47 tag for words, dates and numbers; the page's language when absent. */
  readonly locale?: string | undefined;
  /** Registers the elements under names of their own: `acme` for `<acme-case-list>`. */
  readonly prefix?: string | undefined;
  /** Actions that the page carries out, and objects that cases are linked to. */
  readonly host?: CaseHost | undefined;
}

/** What `update` may change. What is absent stays, and `undefined` takes a locale, an appearance or a host back. */
export type CasePluginUpdate = Partial<
  Pick<CasePluginOptions, 'baseUrl' | 'getToken' | 'appearance' | 'locale' | 'host'>
>;

/** One element made by a plugin. */
export interface CaseMount<K extends CasePluginElement> {
  /** The element: listen to its events here. */
  readonly element: CaseElement<K>;
  /** Puts it at the end of `target`, from wherever it was. */
  mount(target: Element | DocumentFragment): CaseMount<K>;
  /**
   * Sets properties; absent ones stay, `undefined` is set too.
   *
   * @throws {ConfigError} `unknown_property`: the element has no such property. None is set then.
   */
  update(props: CaseElementProps<K>): CaseMount<K>;
  /** Takes it out of the page for good. */
  destroy(): void;
}

/** Mounts elements by script. Made by `createCasePlugin`. */
export interface CasePlugin {
  /** The client of everything mounted. */
  readonly client: CaseClient;
  /**
   * Makes an element, ready to be mounted. All of one plugin share the client and the choice of case: a `case-detail`
   * shows what is chosen in a `case-list`.
   *
   * @throws {ConfigError} `unknown_element` or `unknown_property`; `plugin_destroyed` after `destroy`.
   */
  create<K extends CasePluginElement>(name: K, props?: CaseElementProps<K>): CaseMount<K>;
  /**
   * Changes the set-up of everything mounted. Another `getToken` or `baseUrl` may mean another person: what is shown is
   * fetched anew.
   *
   * @throws {ConfigError} `invalid_configuration`.
   */
  update(changes: CasePluginUpdate): void;
  /**
   * Signs out: forgets the token, the cache and the choice of case, cancels what is under way, and deletes what this
   * person typed and did not send, in memory and in the browser's database. What is mounted shows that nobody is
   * signed in, until `update` names a new `getToken`.
   */
  logout(): Promise<void>;
  /** Destroys everything mounted and ends every connection. Drafts stay for the next time; `logout` deletes them. */
  destroy(): void;
}

/**
 * Makes a plugin for a host that mounts elements by script, and registers the elements.
 *
 * @throws {ConfigError} `invalid_configuration`: `baseUrl`, `getToken`, `appearance` or `prefix` cannot be used.
 *
 * @example
 * ```ts
 * const cases = createCasePlugin({
 *   baseUrl: 'https://cases.example.com',
 *   getToken: async () => (await fetch('/case-token')).text(),
 *   appearance: { theme: 'auto', variables: { accent: '#0a7b4f' } },
 *   locale: 'it',
 * });
 * const list = cases.create('case-list', { filterState: 'status=open' }).mount(document.querySelector('#cases'));
 * list.element.addEventListener('case-select', ({ detail }) => console.log(detail.caseId));
 * ```
 */
export function createCasePlugin(options: CasePluginOptions): CasePlugin {
  let { locale, host, appearance = {} } = options;
  let properties = customProperties(appearance);
  const names = defineCaseElements({ prefix: options.prefix });
  const client = createCaseClient(options);
  const selection = new CaseSelection();
  const mounted = new Set<CaseElement<'case-provider'>>();
  let destroyed = false;

  /** The provider around each element: it hands down the client, and what is set on it is inherited. */
  function dress(provider: CaseElement<'case-provider'>): void {
    provider.locale = locale;
    provider.host = host;
    provider.theme = appearance.theme;
    provider.removeAttribute('style');
    for (const [property, value] of properties) provider.style.setProperty(property, value);
  }

  function make<K extends CaseElementName>(name: K): CaseElement<K> {
    return document.createElement(names[name]) as CaseElement<K>;
  }

  return {
    client,
    create<K extends CasePluginElement>(name: K, props: CaseElementProps<K> = {}) {
      if (destroyed)
        throw new ConfigError('The plugin was destroyed: make another one.', { code: 'plugin_destroyed' });
      checkName(name);
      checkProps(name, props);
      const provider = make('case-provider');
      const element = Object.assign(make(name), props);
      provider.client = client;
      provider.selection = selection;
      dress(provider);
      provider.append(element);
      mounted.add(provider);
      const mount: CaseMount<K> = {
        element,
        mount(target) {
          target.append(provider);
          return mount;
        },
        update(changes) {
          checkProps(name, changes);
          Object.assign(element, changes);
          return mount;
        },
        destroy() {
          provider.remove();
          mounted.delete(provider);
        },
      };
      return mount;
    },
    update(changes) {
      const { appearance: look = 'appearance' in changes ? {} : appearance } = changes;
      const next = customProperties(look);
      const { baseUrl, getToken } = changes;
      client.update({ ...(baseUrl !== undefined && { baseUrl }), ...(getToken && { getToken }) });
      if ('locale' in changes) locale = changes.locale;
      if ('host' in changes) host = changes.host;
      appearance = look;
      properties = next;
      mounted.forEach(dress);
    },
    async logout() {
      selection.select(undefined);
      await client.logout();
    },
    destroy() {
      destroyed = true;
      for (const provider of mounted) provider.remove();
      mounted.clear();
      client.dispose();
    },
  };
}

const inside: readonly string[] = ['case-provider', 'case-filters', 'case-timeline', 'case-tools'];

function checkName(name: string): void {
  if (classOf(name) && !inside.includes(name)) return;
  throw new ConfigError(`Casement has no element "${name}" to mount.`, { code: 'unknown_element' });
}

function checkProps(name: string, props: object): void {
  // Private state is among the properties of a class, but is not the host's.
  const known = [...(classOf(name)?.elementProperties ?? [])]
    .filter(([property, { state }]) => !state && property !== 'client')
    .map(([property]) => String(property));
  const unknown = Object.keys(props).filter((property) => !known.includes(property));
  if (unknown.length > 0)
    throw new ConfigError(
      `<${name}> has no property ${unknown.map((property) => `"${property}"`).join(', ')}. It has: ${known.join(', ')}.`,
      { code: 'unknown_property' },
    );
}
