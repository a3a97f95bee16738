import { html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import '../../components/case-edit-panel/case-edit-panel.js';
import '../../components/case-form/case-form.js';
import '../../components/case-list/case-list.js';
import { setCaseLocale } from '../../components/shared/localization.js';
import { sampleCases, samplePeople, sampleTenant } from '../support/sample-tenant.js';
import { aProvider, everything, untilFound, type ProviderOptions } from './support.js';

/** A list and a case beside each other, and the panel on the case, as on a help desk. */
export async function aHelpDesk(options: ProviderOptions) {
  const client = options.tenant.clientFor('administrator');
  const { items } = await client.cases.list({ sort: 'number' });
  const caseId = items[0]?.id ?? '';
  const provider = await aProvider(
    options,
    html`<case-list></case-list><case-detail case-id=${caseId}></case-detail
      ><case-edit-panel></case-edit-panel>`,
  );
  const list = provider.querySelector('case-list') as HTMLElementTagNameMap['case-list'];
  const detail = provider.querySelector('case-detail') as HTMLElementTagNameMap['case-detail'];
  const panel = provider.querySelector('case-edit-panel') as HTMLElementTagNameMap['case-edit-panel'];
  await untilFound(list, 'row');
  await untilFound(detail, 'textbox');
  return { provider, list, detail, panel, caseId };
}

/** Back to the language of the page, which has none. */
export async function speakEnglish(): Promise<void> {
  document.documentElement.removeAttribute('lang');
  await setCaseLocale('en-GB');
  await setCaseLocale();
}

const said = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];

/** Every text of the elements that somebody can see or hear, one by one. */
export function* textsOf(root: Element): Generator<string> {
  for (const element of everything(root)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('style, script')) continue;
    for (const name of said) {
      const text = element.getAttribute(name)?.trim();
      if (text) yield text;
    }
    for (const node of element.childNodes)
      if (node instanceof Text && node.data.trim()) yield node.data.trim();
  }
}

/** The texts of people: what cases, accounts and settings hold, which nobody translates. */
export async function dataOf(options: ProviderOptions, more: readonly string[] = []): Promise<string[]> {
  const client = options.tenant.clientFor('administrator');
  const { settings } = await client.session.get();
  const texts: unknown[] = [...Object.values(samplePeople).map(({ name }) => name), ...more];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value, ...value.split(/\n+/));
    else if (Array.isArray(value)) value.forEach(collect);
    else if (value && typeof value === 'object') Object.values(value).forEach(collect);
  };
  collect([sampleTenant, sampleCases, settings]);
  return [...new Set(texts.map(String))]
    .filter((text) => text.trim() !== '')
    .sort((one, other) => other.length - one.length);
}

// Dates and sizes come from the browser, Enter is the name of a key, CSV that of a format. Initials stand in avatars.
const fromElsewhere =
  /\b(?:\d+ ?(?:kB|MB|byte|hr|min|sec)|yesterday|now|[A-Z]{1,2}|am|pm|Enter|CSV)\b|\.\w{2,4}\b/g;

/** What is left of a text in plain letters once the data and dates are taken out of it. */
export function plainWords(text: string, data: readonly string[], locale: string): string {
  const months = Array.from({ length: 12 }, (_, month) =>
    ['short', 'long'].map((style) =>
      new Intl.DateTimeFormat(locale, { month: style as 'short' }).format(new Date(2025, month, 1)),
    ),
  ).flat();
  let rest = text;
  for (const known of [...data, ...months, 'Sept']) rest = rest.replaceAll(known, ' ');
  rest = rest.replace(fromElsewhere, ' ');
  return (rest.match(/[A-Za-z]{2,}/g) ?? []).join(' ');
}
