import { msg, str } from '@lit/localize';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { CaseSummary } from '../../src/contract/cases.js';
import type { Project, ProjectGrantList } from '../../src/contract/projects.js';
import type { Session } from '../../src/contract/session.js';
import '../share-manager/share-manager.js';
import { shareIcon } from '../shared/share-icon.js';
import { addStyles } from '../shared/add-styles.js';
import { caseIcon } from '../shared/case-icons.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import { forms } from '../shared/forms.styles.js';
import { drawIcon, icon } from '../shared/icons.js';
import { renderLacking } from '../shared/lacking.js';
import { renderLines } from '../shared/lazy-part.js';
import { plural } from '../shared/locale.js';
import { formatNames } from '../shared/name-list.js';
import { personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { chooseCase, renderCaseLinks, renderList } from '../shared/record-links.js';
import { recordLinks } from '../shared/record-links.styles.js';
import { ProjectMessages } from './project-messages.js';
import { ProjectName } from './project-name.js';
import type { ProjectPanel } from './project-panel.element.js';
import { ProjectSelectEvent } from '../shared/project-select.events.js';
import { styles } from './project-panel.styles.js';

type Args = readonly [CaseClient | undefined, string | undefined];
type Tab = 'cases' | 'messages' | 'customers';

// More than anybody chooses from in one list.
const mostProjects = 100;

/** What stands in a `<project-panel>`: the choice of the project, its cases, its messages and who follows it. */
export class ProjectBody implements ReactiveController {
  readonly #host: ProjectPanel;
  readonly #select: (caseId: string) => void;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #projects: QueryController<ListData<Project>, readonly [CaseClient | undefined, boolean]>;
  readonly #project: QueryController<Project, Args>;
  readonly #followers: QueryController<ProjectGrantList, readonly [...Args, boolean]>;
  readonly #cases: QueryController<ListData<CaseSummary>, Args>;
  readonly #messages: ProjectMessages;
  readonly #name: ProjectName;
  #tab: Tab = 'cases';
  #said: Sentence | undefined;
  #failure: unknown;
  #about = '';

  constructor(host: ProjectPanel, select: (caseId: string) => void) {
    this.#host = host;
    this.#select = select;
    const args = (): Args => [host.client, this.#has ? host.projectId : undefined];
    this.#session = new QueryController(
      host,
      () => [host.client] as const,
      (client) => client?.queries.session(),
    );
    this.#projects = new QueryController(
      host,
      () => [host.client, this.#has] as const,
      (client, has) => (has ? client?.queries.projects({ limit: mostProjects }) : undefined),
    );
    this.#project = new QueryController<Project, Args>(host, args, (client, id) =>
      id ? client?.queries.project(id) : undefined,
    );
    this.#followers = new QueryController<ProjectGrantList, readonly [...Args, boolean]>(
      host,
      () => [...args(), this.#sees('listGrantees')] as const,
      (client, id, allowed) => (id && allowed ? client?.queries.projectGrants(id) : undefined),
    );
    this.#cases = new QueryController<ListData<CaseSummary>, Args>(host, args, (client, id) =>
      id ? client?.queries.cases({ projectId: id, limit: 25 }) : undefined,
    );
    this.#messages = new ProjectMessages({ host, say: (sentence) => this.#say(sentence) });
    this.#name = new ProjectName(
      host,
      () => host.client,
      (project, isNew) => {
        if (isNew) this.#turnTo(project.id);
        // Turning to another project forgets what was said.
        void host.updateComplete.then(() => this.#say(() => msg('Saved.', { id: 'project.saved' })));
      },
    );
    addStyles(host, forms, recordLinks, styles);
    host.addController(this);
  }

  /** Something typed is not sent. */
  get dirty(): boolean {
    return this.#messages.dirty || this.#name.dirty;
  }

  hostUpdate(): void {
    // What one person wrote about one project is not shown to the next, or about another.
    const about = JSON.stringify([this.#host.projectId, personOf(this.#session.data)]);
    if (about === this.#about || !this.#session.data) return;
    this.#about = about;
    this.#messages.reset();
    this.#name.close();
    this.#said = this.#failure = undefined;
  }

  /** Whether the case system has projects at all. */
  get #has(): boolean {
    return this.#session.data?.capabilities.projects === true;
  }

  render(): TemplateResult {
    if (this.#session.data && !this.#has) return renderLacking();
    const { data: project, error, status } = this.#project.state;
    return html`${this.#renderHeader(project)} ${this.#name.render()}
      <div class="notices" role="status">
        ${
          this.#said
            ? html`<p class="banner positive">${icon('check')}<span class="grow">${this.#said()}</span></p>`
            : nothing
        }
      </div>
      ${
        this.#failure === undefined
          ? nothing
          : html`<div class="notices">
              <p class="banner critical" role="alert">
                ${icon('alert')}<span class="grow">${failureText(this.#failure)}</span>
              </p>
            </div>`
      }
      ${
        !this.#host.projectId
          ? this.#renderNoChoice()
          : status === 'failed'
            ? html`<div class="message" role="alert"><p>${failureText(error)}</p></div>`
            : project
              ? this.#renderProject(project)
              : renderLines()
      }`;
  }

  #renderHeader(project: Project | undefined): TemplateResult {
    const items = this.#projects.data?.items ?? [];
    const known = items.some(({ id }) => id === project?.id) || !project ? items : [...items, project];
    const label = msg('Project', { id: 'project.choose' });
    return html`<header>
      <h2 id="title">
        ${project ? html`<bdi>${project.name}</bdi>` : msg('Projects', { id: 'project.title' })}
      </h2>
      <select class="input selector" part="selector" aria-label=${label} @change=${this.#choose}>
        <option value="" .selected=${live(!this.#host.projectId)} disabled>
          ${msg('Choose a project', { id: 'project.choose.none' })}
        </option>
        ${known.map(
          ({ id, name }) =>
            html`<option value=${id} .selected=${live(id === this.#host.projectId)}>${name}</option>`,
        )}
      </select>
      ${
        project && this.#sees('edit')
          ? this.#iconButton(msg('Rename', { id: 'project.rename' }), caseIcon('edit'), () =>
              this.#name.open(project),
            )
          : nothing
      }
      ${
        project && this.#sees('share')
          ? this.#iconButton(msg('Share project', { id: 'project.share' }), drawIcon(shareIcon), this.#share)
          : nothing
      }
      ${
        this.#session.data?.permissions['createProject']?.allowed
          ? this.#iconButton(msg('New project', { id: 'project.new' }), icon('add'), () =>
              this.#name.open('new'),
            )
          : nothing
      }
    </header>`;
  }

  #iconButton(label: string, drawn: TemplateResult, onClick: () => void): TemplateResult {
    return html`<button
      class="button icon"
      type="button"
      part="action"
      aria-label=${label}
      title=${label}
      @click=${onClick}
    >
      ${drawn}
    </button>`;
  }

  #renderNoChoice(): unknown {
    const { data, error, status } = this.#projects.state;
    if (status === 'failed')
      return html`<div class="message" role="alert"><p>${failureText(error)}</p></div>`;
    if (!data) return renderLines();
    return html`<p class="none">
      ${
        data.items.length > 0
          ? msg('Choose a project to see its cases.', { id: 'project.none-chosen' })
          : msg('There are no projects yet.', { id: 'project.none' })
      }
    </p>`;
  }

  #renderProject(project: Project): TemplateResult {
    const tabs: readonly (readonly [Tab, string])[] = [
      ['cases', msg('Cases', { id: 'project.tab.cases' })],
      ['messages', msg('Messages', { id: 'project.tab.messages' })],
      ...(this.#sees('listGrantees')
        ? ([['customers', msg('Customers', { id: 'project.tab.customers' })]] as const)
        : []),
    ];
    const shown = tabs.some(([name]) => name === this.#tab) ? this.#tab : 'cases';
    return html`${this.#renderFollowers()}
      <div class="tabs" role="tablist" aria-labelledby="title" @keydown=${this.#onKey}>
        ${tabs.map(
          ([name, label]) =>
            html`<button
              class="tab"
              type="button"
              role="tab"
              id="tab-${name}"
              aria-selected=${name === shown}
              aria-controls=${ifDefined(name === shown ? 'panel' : undefined)}
              tabindex=${name === shown ? 0 : -1}
              @click=${() => this.#show(name)}
            >
              ${label}
            </button>`,
        )}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${shown}">
        ${
          shown === 'messages'
            ? this.#messages.render(project)
            : shown === 'customers'
              ? html`<share-manager
                  .client=${this.#host.client}
                  project-id=${project.id}
                  heading=${msg('Customers who follow this project', { id: 'project.customers' })}
                ></share-manager>`
              : this.#renderCases()
        }
      </div>`;
  }

  /** CU-14: the same as the list of the Customers tab, from the same answer. */
  #renderFollowers(): unknown {
    const { data } = this.#followers;
    if (!data) return nothing;
    const names = data.items.map(({ grantee: { name, people } }) => {
      if (people === undefined) return name;
      const count = plural(people, msg('one {# person} other {# people}', { id: 'project.people' }));
      return msg(str`${name} (${count})`, { id: 'project.follower.people' });
    });
    return html`<p class="facts">
      ${
        names.length > 0
          ? msg(str`Followed by ${formatNames(names)}`, { id: 'project.followed-by' })
          : msg('Nobody follows this project.', { id: 'project.followed-by.nobody' })
      }
    </p>`;
  }

  #renderCases(): unknown {
    return renderList(this.#cases.state, {
      none: () => msg('There are no cases in this project.', { id: 'project.cases.none' }),
      render: (items) =>
        renderCaseLinks(
          items,
          (id) => chooseCase(this.#host, this.#select, id),
          (item) => this.#renderRemove(item),
        ),
      again: () => void this.#cases.refetch(),
      more: () => void this.#cases.fetchNext(),
    });
  }

  #renderRemove(item: CaseSummary): unknown {
    if (!this.#sees('edit') || !item.permissions['edit']?.allowed) return nothing;
    const label = msg(str`Take case #${item.number} out of the project`, { id: 'project.cases.remove' });
    return html`<button
      class="button quiet icon"
      type="button"
      aria-label=${label}
      title=${label}
      @click=${() => this.#remove(item)}
    >
      ${icon('close')}
    </button>`;
  }

  #sees(action: string): boolean {
    return this.#project.data?.permissions[action]?.allowed === true;
  }

  #say(sentence: Sentence): void {
    this.#said = sentence;
    this.#failure = undefined;
    this.#host.requestUpdate();
  }

  #show(tab: Tab): void {
    this.#tab = tab;
    this.#said = undefined;
    this.#host.requestUpdate();
  }

  #turnTo(projectId: string): void {
    const event = new ProjectSelectEvent(projectId);
    this.#host.dispatchEvent(event);
    if (!event.defaultPrevented) this.#host.projectId = projectId;
  }

  async #remove({ id, number, version }: CaseSummary): Promise<void> {
    const { client } = this.#host;
    if (!client) return;
    const pressed = this.#focused;
    try {
      await client.cases.update(id, { projectId: null }, { version });
      this.#say(() => msg(str`Case #${number} left the project.`, { id: 'project.cases.removed' }));
      // The row that was pressed leaves with its button.
      const focused = this.#focused;
      if (pressed && (!focused || focused === pressed)) this.#focusTab('cases');
    } catch (error) {
      this.#failure = error;
      this.#said = undefined;
      void this.#cases.refetch();
    }
    this.#host.requestUpdate();
  }

  get #focused(): Element | null {
    return (this.#host.renderRoot as ShadowRoot).activeElement;
  }

  #focusTab(tab: Tab): void {
    this.#host.renderRoot.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  }

  readonly #choose = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    this.#turnTo(select.value);
    // One that was not taken does not stay chosen.
    this.#host.requestUpdate();
  };

  readonly #share = (): void => {
    this.#show('customers');
    void this.#host.updateComplete.then(() => this.#focusTab('customers'));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const list = event.currentTarget as HTMLElement;
    const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
    const forward = getComputedStyle(list).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const steps: Partial<Record<string, number>> = {
      [forward]: (at + 1) % tabs.length,
      [back]: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const tab = tabs[steps[event.key] ?? -1];
    if (!tab) return;
    event.preventDefault();
    tab.click();
    tab.focus();
  };
}
