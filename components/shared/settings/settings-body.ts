import { msg } from '@lit/localize';
import {
  adoptStyles,
  html,
  nothing,
  type LitElement,
  type ReactiveController,
  type TemplateResult,
} from 'lit';

import type { CaseClient } from '../../../src/client/client.js';
import type { Session } from '../../../src/contract/session.js';
import type { Settings } from '../../../src/contract/settings.js';
import { isForbiddenError } from '../../../src/errors.js';
import { renderDiscardQuestion } from '../discard-question.js';
import { failureText } from '../failure.js';
import { focusFirstInvalid } from '../fields.js';
import { icon } from '../icons.js';
import { renderLines } from '../lazy-part.js';
import { personOf } from '../person.js';
import { QueryController } from '../query-controller.js';
import { renderSettingsActions } from './settings-actions.js';
import { SettingsEdit } from './settings-edit.js';
import { SettingsHistory } from './settings-history.js';
import { fieldOfError } from './settings-model.js';
import { renderNotices } from './settings-notices.js';
import type { Deed, SettingsPage } from './settings-page.js';
import { refusalOf } from './settings-refusal.js';
import { settingsStore } from './settings-store.js';
import { renderTabs } from './settings-tabs.js';
import { renderWideningQuestion } from './widening-question.js';
import { SettingsChangeEvent } from './settings.events.js';
import { styles } from './settings.styles.js';

/** What the content is given by its element. */
export interface SettingsLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
}

/** What the form works with, once everything has been read. */
interface Scope {
  readonly client: CaseClient;
  readonly session: Session;
  readonly settings: Settings;
}

/** Who changed what stands after the parts of every form. */
type Part<S extends string> = S | 'changes';

/** What is asked in the place of the buttons. */
type Question = 'discard' | { readonly shows: readonly string[] };

/** What stands in an element for settings: the parts, what is typed into them, and what becomes of it. */
export class SettingsBody<V extends object, S extends string> implements ReactiveController {
  readonly #page: SettingsPage<V, S>;
  readonly #link: SettingsLink;
  readonly #host: LitElement;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #settings: QueryController<Settings, readonly [CaseClient | undefined]>;
  #history: SettingsHistory;
  #edit: SettingsEdit<V> | undefined;
  #begunFor: string | undefined;
  #section: Part<S>;
  #said = '';
  #question: Question | undefined;
  #beforeQuestion: Element | null = null;

  constructor(page: SettingsPage<V, S>, link: SettingsLink) {
    this.#page = page;
    this.#section = this.#parts[0] ?? 'changes';
    const { host, client } = link;
    this.#link = link;
    this.#host = host;
    this.#session = new QueryController(
      host,
      () => [client()] as const,
      (from) => from?.queries.session(),
    );
    this.#settings = new QueryController(
      host,
      () => [client()] as const,
      (from) => from?.queries.settings(),
    );
    this.#history = this.#newHistory();
    // Fetched with the rest: a page that never shows the settings does not carry their looks.
    const { elementStyles } = host.constructor as typeof LitElement;
    adoptStyles(host.renderRoot as ShadowRoot, [
      ...elementStyles,
      styles,
      ...(page.styles ? [page.styles] : []),
    ]);
    host.addController(this);
  }

  /** Something typed is not saved. */
  get dirty(): boolean {
    return this.#changed || (this.#page.unsaved?.() ?? false);
  }

  hostConnected(): void {
    addEventListener('beforeunload', this.#onLeave);
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#onLeave);
  }

  /** Takes up the settings and the person as they are now. Called on each update. */
  follow(): void {
    const scope = this.#scope;
    if (!scope) return;
    const { client, session, settings } = scope;
    const person = personOf(session);
    // What one person typed is not shown to the next.
    if (!this.#edit || this.#begunFor !== person) {
      this.#begunFor = person;
      this.#edit?.end();
      this.#edit = new SettingsEdit(this.#page.model, settingsStore, this.#host, this.#link.client, settings);
      this.#history = this.#newHistory();
      this.#question = undefined;
      if (!this.#refusalOf(scope)) void this.#edit.restore(client);
    } else this.#edit.follow(client, settings);
    if (this.#section === 'changes') {
      if (this.#refusalOf(scope)) this.#section = this.#parts[0] ?? 'changes';
      else this.#history.follow(client, settings.version);
    }
    this.#page.follow?.(settings, this.#host);
  }

  render(): TemplateResult {
    const scope = this.#scope;
    const edit = this.#edit;
    return scope && edit ? this.#renderSettings(scope, edit) : this.#renderWaiting();
  }

  #renderWaiting(): TemplateResult {
    const { status, error } = this.#session.state.error ? this.#session.state : this.#settings.state;
    return html`${this.#renderHeader()}
    ${
      status === 'failed'
        ? html`<div class="message" role="alert">
            <p>${failureText(error)}</p>
            <button class="button" type="button" @click=${this.#reload}>
              ${msg('Try again', { id: 'action.retry' })}
            </button>
          </div>`
        : renderLines()
    }`;
  }

  #renderHeader(): TemplateResult {
    return html`<header><h2 id="title">${this.#page.title()}</h2></header>`;
  }

  #renderSettings(scope: Scope, edit: SettingsEdit<V>): TemplateResult {
    const refusal = this.#refusalOf(scope);
    if (refusal)
      return html`${this.#renderHeader()}
        <div class="notices">
          <p class="banner">${icon('lock')}<span class="grow">${refusal}</span></p>
        </div>
        ${this.#renderReadOnly(scope.settings)}`;
    const errors = Object.keys(edit.submission.errors);
    const wrong = new Set(errors.map((error) => this.#sectionOfError(error)));
    const changed = new Set<string>(edit.changed.map(this.#page.sectionOf));
    const tabs = [...this.#parts, 'changes' as const].map((name) => ({
      name,
      label: this.#sectionLabel(name),
      changed: changed.has(name),
      wrong: wrong.has(name as S),
    }));
    const asking = this.#question !== undefined;
    return html`<form part="form" novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
        ${this.#renderHeader()}
        <div class="notices" ?inert=${asking}>${renderNotices(this.#page.model, scope, edit)}</div>
        <div class="layout" ?inert=${asking}>
          ${renderTabs(tabs, this.#section, this.#select)}
          ${this.#renderPanel(this.#section, this.#renderPart(scope, edit, this.#section))}
        </div>
        <p class="visually-hidden" role="status" data-said>${this.#said}</p>
        <footer>${this.#renderQuestion() ?? this.#renderActions(edit)}</footer>
      </form>
      ${this.#page.renderBeside?.(scope)}`;
  }

  #renderReadOnly(settings: Settings): unknown {
    const { renderReadOnly } = this.#page;
    const section = this.#section;
    if (!renderReadOnly || section === 'changes') return nothing;
    const tabs = this.#parts.map((name) => ({
      name,
      label: this.#sectionLabel(name),
      changed: false,
      wrong: false,
    }));
    return html`<div class="layout">
      ${renderTabs(tabs, section, this.#select)}
      ${this.#renderPanel(section, renderReadOnly(section, settings))}
    </div>`;
  }

  #renderPanel(section: Part<S>, content: unknown): TemplateResult {
    return html`<div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${section}">
      <h3>${this.#sectionLabel(section)}</h3>
      ${content}
    </div>`;
  }

  #renderPart(scope: Scope, edit: SettingsEdit<V>, section: Part<S>): unknown {
    if (section === 'changes') return this.#history.render(scope.client, scope.settings);
    return this.#page.renderSection(section, {
      ...scope,
      edit,
      onChange: (change, deed = {}) => {
        edit.edit(change, ...(deed.touched ? [deed.touched] : []));
        this.#follow(deed);
      },
    });
  }

  #refusalOf({ session }: Scope): string | undefined {
    return (this.#page.refusal ?? refusalOf)(session);
  }

  #renderQuestion(): TemplateResult | undefined {
    const question = this.#question;
    if (!question) return undefined;
    return question === 'discard'
      ? renderDiscardQuestion(this.#keep, this.#discard)
      : renderWideningQuestion(question.shows, this.#keep, () => void this.#save(true));
  }

  #renderActions(edit: SettingsEdit<V>): TemplateResult {
    const { changed, submission, merged } = edit;
    return renderSettingsActions({
      unsaved: changed.map((field) => this.#sectionLabel(this.#page.sectionOf(field))),
      busy: submission.busy,
      again: merged !== undefined,
      onDiscard: this.#discard,
    });
  }

  /** Tells what was done, and moves the focus where the work goes on. */
  #follow({ said, focus }: Deed): void {
    if (said !== undefined) this.#said = said;
    this.#host.requestUpdate();
    if (!focus) return;
    void this.#host.updateComplete.then(() => {
      const { renderRoot } = this.#host;
      const row = [...renderRoot.querySelectorAll<HTMLElement>('[data-id]')].find(
        ({ dataset }) => dataset['id'] === focus.id,
      );
      const control = row?.querySelector<HTMLElement>(`[data-control=${focus.control}]`);
      (
        control ??
        renderRoot.querySelector<HTMLElement>('.panel [data-action=add]') ??
        renderRoot.querySelector<HTMLElement>('[data-action=save]')
      )?.focus();
    });
  }

  readonly #select = (name: Part<S>): void => {
    this.#section = name;
    this.#said = '';
    this.#host.requestUpdate();
  };

  readonly #reload = (): void => {
    void this.#session.refetch();
    void this.#settings.refetch();
  };

  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if (this.dirty) event.preventDefault();
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !this.#question) {
      event.preventDefault();
      void this.#save();
    } else if (event.key === 'Escape' && (this.#question || this.#changed)) {
      event.preventDefault();
      event.stopPropagation();
      if (this.#question) this.#keep();
      else this.#ask('discard');
    }
  };

  #ask(question: Question): void {
    this.#question = question;
    this.#beforeQuestion = this.#host.shadowRoot?.activeElement ?? null;
    this.#host.requestUpdate();
    this.#focus('[data-keep]');
  }

  readonly #keep = (): void => {
    this.#question = undefined;
    this.#host.requestUpdate();
    const back = this.#beforeQuestion;
    void this.#host.updateComplete.then(() => (back as HTMLElement | null)?.focus());
  };

  readonly #discard = (): void => {
    const scope = this.#scope;
    this.#question = undefined;
    if (scope) this.#edit?.clear(scope.client);
    this.#focus('[data-action=undo]');
  };

  async #save(confirmed = false): Promise<void> {
    const scope = this.#scope;
    const edit = this.#edit;
    if (!scope || !edit || edit.submission.busy || (this.#question && !confirmed)) return;
    this.#said = '';
    this.#question = undefined;
    const wrong = Object.keys(this.#page.model.check(edit.values, edit.base));
    this.#showWrong(wrong);
    const shows = wrong.length > 0 ? [] : this.#page.widens?.(edit.base, edit.values, scope.settings);
    if (!confirmed && shows && shows.length > 0) {
      this.#ask({ shows });
      return;
    }
    if (confirmed) this.#focus('[data-action=save]');
    const saved = await edit.save(scope.client);
    if (saved) {
      this.#host.dispatchEvent(new SettingsChangeEvent(saved.version));
      return;
    }
    const errors = Object.keys(edit.submission.errors);
    if (errors.length > 0) {
      this.#showWrong(errors);
      await this.#host.updateComplete;
      focusFirstInvalid(this.#host.renderRoot);
    }
    // Lost in a race: the right to change them is gone, and the form goes with it.
    if (isForbiddenError(edit.submission.failure)) await this.#session.refetch();
  }

  /** Turns to a part where something is wrong, unless this is one. */
  #showWrong(errors: readonly string[]): void {
    const sections = new Set<string>(errors.map((error) => this.#sectionOfError(error)));
    const first = this.#parts.find((name) => sections.has(name));
    if (!first || sections.has(this.#section)) return;
    this.#section = first;
    this.#host.requestUpdate();
  }

  #focus(selector: string): void {
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus(),
    );
  }

  #newHistory(): SettingsHistory {
    const { model, toldLabel } = this.#page;
    const inForm = (field: string) => {
      const known = model.fields.find((name) => name === field);
      return known && model.label(known);
    };
    return new SettingsHistory(this.#host, { label: toldLabel ?? inForm, sentences: model.sentences });
  }

  #sectionLabel(section: Part<S>): string {
    return section === 'changes'
      ? msg('Changes', { id: 'settings.section.changes' })
      : this.#page.sectionLabel(section);
  }

  #sectionOfError(error: string): S {
    return this.#page.sectionOf(fieldOfError<V>(error));
  }

  get #changed(): boolean {
    return (this.#edit?.changed.length ?? 0) > 0;
  }

  get #parts(): readonly S[] {
    return this.#page.sections;
  }

  get #scope(): Scope | undefined {
    const client = this.#link.client();
    const session = this.#session.data;
    const settings = this.#settings.data;
    return client && session && settings ? { client, session, settings } : undefined;
  }
}
