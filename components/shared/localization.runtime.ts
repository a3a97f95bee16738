import { configureLocalization } from '@lit/localize';

import { builtInLocales } from './localization.catalogues.js';
import { asTheReader, currentLocale, takeLocale } from './locale.js';
import {
  broughtLocales,
  languageAround,
  placed,
  providers,
  type CaseLocaleSource,
  type Placed,
} from './localization.registry.js';
import type { CaseMessages } from './localization.messages.js';
import { litTemplates } from './localization.templates.js';
import { wantedParts } from './wanted-parts.js';

export { fieldCodeText, ruleText } from './localization.rules.js';

// lit-localize takes its list of locales once and for all, and a host may bring one at any time: so it knows a single
// target, whose templates are exchanged in place.
const templates: ReturnType<typeof litTemplates> = {};
let ready: Promise<boolean> | undefined;

/**
 * Loads the words of a locale and takes it into use.
 *
 * @param isWanted - Whether nothing else was asked for meanwhile.
 * @returns The locale in use afterwards.
 */
export async function use(
  locale: string,
  isWanted: () => boolean,
  warn: ((message: string) => void) | undefined,
): Promise<string> {
  const tag = canonical(locale);
  const name = tag && closest(tag);
  if (!name)
    warn?.(
      `casement: there are no words for the locale "${locale}", so English is shown. Add it with addCaseLocale().`,
    );
  const messages = name ? await wordsOf(name) : undefined;
  const ours = await configure();
  if (!isWanted()) return currentLocale();
  if (ours) {
    for (const id of Object.keys(templates)) delete templates[id];
    if (messages) Object.assign(templates, litTemplates(messages));
  }
  return takeLocale(name && tag ? tag : asTheReader('en'));
}

/** Gives an element the language and direction of its words, where it has not both from the page or its host. */
export function place(host: HTMLElement): void {
  const locale = currentLocale();
  const own = placed.get(host) ?? {};
  const root = host.getRootNode();
  // What stands inside another of our elements has both from there.
  if (own.locale === locale || (root instanceof ShadowRoot && placed.has(root.host))) return;
  placed.set(host, own);
  const around = host.parentElement ?? (root instanceof ShadowRoot ? root.host : document.documentElement);
  const dir = directionOf(locale);
  const spoken = languageAround(around).split('-')[0] === locale.split('-')[0];
  const directed = directedByProvider(host) || getComputedStyle(around).direction === dir;
  put(host, own, 'lang', spoken ? undefined : locale);
  put(host, own, 'dir', directed ? undefined : dir);
  own.locale = locale;
}

function put(host: HTMLElement, own: Placed, name: 'lang' | 'dir', value: string | undefined): void {
  const there = host.getAttribute(name);
  if (there !== null && there !== own[name]) return;
  if (value === undefined) {
    delete own[name];
    if (there !== null) host.removeAttribute(name);
  } else host.setAttribute(name, (own[name] = value));
}

function directedByProvider(element: Element): boolean {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode)
    if (at instanceof Element && providers.has(at)) return at.hasAttribute('dir');
  return false;
}

function directionOf(locale: string): 'ltr' | 'rtl' {
  const { script = '' } = new Intl.Locale(locale).maximize();
  return /^(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm|Rohg)$/.test(script) ? 'rtl' : 'ltr';
}

function canonical(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return undefined;
  }
}

/** The locale itself, what it is a variety of, or another variety of its language. */
function closest(tag: string): string | undefined {
  const known = [...broughtLocales.keys(), ...Object.keys(builtInLocales), 'en'];
  for (let part = tag; part; part = part.slice(0, Math.max(0, part.lastIndexOf('-'))))
    if (known.includes(part)) return part;
  return known.find((one) => one.startsWith(`${tag.split('-')[0]}-`));
}

async function wordsOf(name: string): Promise<Partial<CaseMessages> | undefined> {
  const source: CaseLocaleSource | undefined = broughtLocales.get(name);
  if (!source) return builtInWords(name);
  const found = typeof source === 'function' ? await source() : source;
  return 'messages' in found ? found.messages : found;
}

async function builtInWords(name: string): Promise<Partial<CaseMessages> | undefined> {
  const parts = builtInLocales[name];
  if (!parts) return undefined;
  const found = await Promise.all([...wantedParts].map((part) => parts[part]()));
  return Object.assign({}, ...found.map(({ messages }) => messages)) as Partial<CaseMessages>;
}

/** Installs the templates; `false` on a page that has configured lit-localize itself, once and for all. */
function configure(): Promise<boolean> {
  return (ready ??= (async () => {
    try {
      const { setLocale } = configureLocalization({
        sourceLocale: 'en',
        targetLocales: ['casement'],
        loadLocale: () => Promise.resolve({ templates }),
      });
      await setLocale('casement');
      return true;
    } catch (error) {
      console.warn(
        'casement: this page has configured @lit/localize itself, so its catalogues are used; add the words of Casement to them.',
        error,
      );
      return false;
    }
  })());
}
