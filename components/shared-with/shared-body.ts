import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Project } from '../../src/contract/projects.js';
import type { Session } from '../../src/contract/session.js';
import { ProjectSelectEvent } from '../shared/project-select.events.js';
import { addStyles } from '../shared/add-styles.js';
import { renderLacking } from '../shared/lacking.js';
import { QueryController } from '../shared/query-controller.js';
import { chooseCase, renderCaseLinks, renderList } from '../shared/record-links.js';
import { recordLinks } from '../shared/record-links.styles.js';
import type { SharedWith } from './shared-with.element.js';

type Args = readonly [CaseClient | undefined, string | undefined, string | undefined, boolean];

/** What stands in a `<shared-with>`: projects, and cases that are shared by themselves. */
export class SharedBody {
  readonly #host: SharedWith;
  readonly #select: (caseId: string) => void;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #projects: QueryController<ListData<Project>, Args>;
  readonly #cases: QueryController<ListData<CaseSummary>, Args>;

  constructor(host: SharedWith, select: (caseId: string) => void) {
    this.#host = host;
    this.#select = select;
    this.#session = new QueryController(
      host,
      () => [host.client] as const,
      (client) => client?.queries.session(),
    );
    const args = (has: boolean): Args => [host.client, host.customerId, host.organisationId, has];
    this.#projects = new QueryController<ListData<Project>, Args>(
      host,
      () => args(this.#has('projects')),
      (client, customer, organisation, has) => {
        if (!has) return undefined;
        if (customer) return client?.queries.projects({ limit: 25 }, { kind: 'customer', id: customer });
        if (!organisation) return undefined;
        return client?.queries.projects({ limit: 25 }, { kind: 'organisation', id: organisation });
      },
    );
    this.#cases = new QueryController<ListData<CaseSummary>, Args>(
      host,
      () => args(this.#has('sharing')),
      (client, customer, organisation, has) => {
        if (!has) return undefined;
        if (customer) return client?.queries.cases({ sharedWithCustomerId: customer, limit: 25 });
        if (!organisation) return undefined;
        return client?.queries.cases({ sharedWithOrganisationId: organisation, limit: 25 });
      },
    );
    addStyles(host, recordLinks);
  }

  #has(what: 'projects' | 'sharing'): boolean {
    return Boolean(this.#session.data?.capabilities[what]);
  }

  render(): TemplateResult {
    const known = this.#session.data !== undefined;
    return html`<header><h2 id="title">${msg('Shared with them', { id: 'shared-with.title' })}</h2></header>
      ${known && !this.#has('projects') ? nothing : this.#renderProjectsPart()}
      ${known && !this.#has('sharing') ? renderLacking() : this.#renderCasesPart()}`;
  }

  #renderProjectsPart(): TemplateResult {
    return html`<header class="part"><h3>${msg('Projects', { id: 'shared-with.projects' })}</h3></header>
      ${renderList(this.#projects.state, {
        none: () => msg('No project is shared with them.', { id: 'shared-with.projects.none' }),
        render: (items) => this.#renderProjects(items),
        again: () => void this.#projects.refetch(),
        more: () => void this.#projects.fetchNext(),
      })}`;
  }

  #renderCasesPart(): TemplateResult {
    return html`<header class="part"><h3>${msg('Cases', { id: 'project.tab.cases' })}</h3></header>
      ${renderList(this.#cases.state, {
        none: () => msg('No case is shared with them by itself.', { id: 'shared-with.cases.none' }),
        render: (items) => renderCaseLinks(items, (id) => chooseCase(this.#host, this.#select, id)),
        again: () => void this.#cases.refetch(),
        more: () => void this.#cases.fetchNext(),
      })}`;
  }

  #renderProjects(items: readonly Project[]): TemplateResult {
    return html`<ul class="records">
      ${items.map(
        ({ id, name }) =>
          html`<li part="project">
            <button
              class="record"
              type="button"
              @click=${() => this.#host.dispatchEvent(new ProjectSelectEvent(id))}
            >
              <bdi class="name">${name}</bdi>
            </button>
          </li>`,
      )}
    </ul>`;
  }
}
