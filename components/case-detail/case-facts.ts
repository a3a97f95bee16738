import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { Case } from '../../src/contract/cases.js';
import type { Settings } from '../../src/contract/settings.js';
import { choiceLabel, priorityMark } from '../shared/choices.js';
import { describeDeadline, formatInstant } from '../shared/format.js';
import { personName } from '../shared/person.js';

/** What a case is, in words. A field that is masked is absent from the record: where it says so, its place says why. */
export function renderFacts(record: Case, settings: Settings | undefined): TemplateResult {
  const hidden = (field: string, name: string) =>
    record.masked?.includes(field)
      ? html`<div>
          <dt>${name}</dt>
          <dd class="hint">${msg('Hidden at your level', { id: 'case.masked' })}</dd>
        </div>`
      : nothing;
  const { type, priority, deadline, contactMethod, createdBy, department, assignee, project, tags } = record;
  return html`<dl class="facts" part="facts">
    ${
      type === undefined
        ? hidden('type', msg('Type', { id: 'case.type' }))
        : fact(msg('Type', { id: 'case.type' }), type ? choiceLabel(settings, 'caseTypes', type) : '—')
    }
    ${priority ? fact(msg('Priority', { id: 'case.priority' }), renderPriority(priority, settings)) : hidden('priority', msg('Priority', { id: 'case.priority' }))}
    ${deadline ? fact(msg('Deadline', { id: 'case.deadline' }), renderDeadline(deadline, record, settings)) : hidden('deadline', msg('Deadline', { id: 'case.deadline' }))}
    ${
      contactMethod === undefined
        ? hidden('contactMethod', msg('Contact method', { id: 'case.contact-method' }))
        : fact(
            msg('Contact method', { id: 'case.contact-method' }),
            contactMethod ? choiceLabel(settings, 'contactMethods', contactMethod) : '—',
          )
    }
    ${fact(msg('Added by', { id: 'case.added-by' }), personName(createdBy))}
    ${fact(msg('Added', { id: 'case.added' }), renderAdded(record.createdAt))}
    ${department ? fact(msg('Department', { id: 'case.department' }), department.name) : nothing}
    ${assignee ? fact(msg('Assignee', { id: 'case.assignee' }), personName(assignee)) : hidden('assignee', msg('Assignee', { id: 'case.assignee' }))}
    ${project ? fact(msg('Project', { id: 'project.choose' }), project.name) : hidden('project', msg('Project', { id: 'project.choose' }))}
    ${
      tags && tags.length > 0
        ? fact(
            msg('Tags', { id: 'case.tags' }),
            html`<span class="tags"
              >${tags.map((tag) => html`<span class="pill"><bdi>${tag}</bdi></span>`)}</span
            >`,
            'several',
          )
        : hidden('tags', msg('Tags', { id: 'case.tags' }))
    }
  </dl>`;
}

function fact(name: string, value: unknown, values?: 'several'): TemplateResult {
  return html`<div class=${values ?? ''}>
    <dt>${name}</dt>
    <dd>${values ? value : html`<bdi>${value}</bdi>`}</dd>
  </div>`;
}

function renderPriority(priority: string, settings: Settings | undefined): TemplateResult {
  const mark = priorityMark(settings, priority);
  return html`${mark ? html`<span aria-hidden="true">${mark}</span> ` : nothing}${choiceLabel(settings, 'priorities', priority)}`;
}

function renderDeadline(deadline: string, { status }: Case, settings: Settings | undefined): TemplateResult {
  const view = { closed: status !== 'open', soonDays: settings?.dueSoonDays };
  const { text, date, tone } = describeDeadline(deadline, view);
  return html`<time class=${tone} datetime=${deadline}>${text === date ? date : `${date} · ${text}`}</time>`;
}

function renderAdded(instant: string | null): unknown {
  const text = formatInstant(instant);
  return text && instant
    ? html`<time datetime=${instant}>${text}</time>`
    : msg('unknown date', { id: 'date.unknown' });
}
