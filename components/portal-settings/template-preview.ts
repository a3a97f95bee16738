import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

import type { NoticeTemplate } from '../../src/contract/notices.js';
import type { SectionView } from '../shared/settings/settings-page.js';
import type { PortalValues } from './portal-values.js';
import { levelLabel } from '../shared/level-words.js';
import { fill } from './templates.js';

// Stands where the link will: what is typed cannot have it.
const linkMark = '\u0001';
const sampleLink = 'https://support.example/cases/2291';

/** How a notice would look with a made-up case: as plain text, and as the HTML that is made of it. */
export function renderTemplatePreview(
  template: NoticeTemplate,
  view: SectionView<PortalValues>,
): TemplateResult {
  const values = sampleValues(template, view);
  const valueOf = (name: string) => (name === 'link' ? linkMark : values[name]);
  const subject = fill(template.subject, (name) => (name === 'link' ? sampleLink : values[name]));
  const body = fill(template.text, valueOf)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const direction = template.locale === 'ar' ? 'rtl' : 'ltr';
  return html`<div
    class="letters"
    role="group"
    aria-label=${msg('Preview', { id: 'portal.template.preview' })}
  >
    <section class="letter" aria-label=${msg('Plain text', { id: 'portal.template.plain' })}>
      <h5>${msg('Plain text', { id: 'portal.template.plain' })}</h5>
      <p class="letter-subject" dir="auto">${subject}</p>
      <pre dir="auto" lang=${template.locale}>${body.replaceAll(linkMark, sampleLink)}</pre>
    </section>
    <section class="letter" aria-label="HTML">
      <h5>HTML</h5>
      <p class="letter-subject" dir="auto">${subject}</p>
      <div dir=${direction} lang=${template.locale}>
        ${body.split(/\n{2,}/).map((part) => html`<p dir="auto">${part.split('\n').map(renderLine)}</p>`)}
      </div>
    </section>
  </div>`;
}

function renderLine(line: string, index: number): TemplateResult {
  // A link that leads nowhere: it is only looked at.
  const pieces = line.split(linkMark).map((piece, at) => (at === 0 ? piece : [renderLink(), piece]));
  return index === 0 ? html`${pieces}` : html`<br />${pieces}`;
}

function renderLink(): TemplateResult {
  return html`<span class="link">${sampleLink}</span>`;
}

function sampleValues(
  { locale }: NoticeTemplate,
  { session, settings }: SectionView<PortalValues>,
): Readonly<Record<string, string>> {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2026, 2, 31),
  );
  return {
    'recipient.name': 'Marta Ferri',
    'by.name': session.actor.name,
    'case.number': '#2291',
    'case.subject': msg('Charged twice in February', { id: 'portal.sample.subject' }),
    'case.description': msg('The bank statement shows two debits.', { id: 'portal.sample.description' }),
    'case.status': msg('Open', { id: 'status.open' }),
    'case.type': settings.caseTypes[0]?.label ?? '—',
    'case.priority': settings.priorities[0]?.label ?? '—',
    'case.deadline': day,
    'case.customer': 'Aldermill Bakery',
    'case.requester': 'Pia Moreau',
    'note.text': msg('One of the two has been paid back today.', { id: 'portal.sample.note' }),
    'project.name': msg('Move to the new office', { id: 'portal.sample.project' }),
    'grant.level': levelLabel('full'),
    'grant.expires': day,
  };
}
