import { msg, str } from '@lit/localize';
import {
  adoptStyles,
  html,
  nothing,
  type LitElement,
  type ReactiveController,
  type TemplateResult,
} from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import type { Settings } from '../../src/contract/settings.js';
import { isForbiddenError } from '../../src/errors.js';
import { ConfigWarningEvent } from '../shared/config-warning.events.js';
import { renderDiscardQuestion } from '../shared/discard-question.js';
import { failureText } from '../shared/failure.js';
import { focusFirstInvalid } from '../shared/fields.js';
import { icon } from '../shared/icons.js';
import { renderLines } from '../shared/lazy-part.js';
import { formatList } from '../shared/locale.js';
import { personOf } from '../shared/person.js';
import { QueryController } from '../shared/query-controller.js';
import { SettingsChangeEvent } from './case-settings.events.js';
import { styles } from './case-settings.styles.js';
import { renderListEditor, type Deed } from './list-editor.js';
import { checkSettings, fieldOfError } from './settings-checks.js';
import { SettingsEdit } from './settings-edit.js';
import { SettingsHistory } from './settings-history.js';
import { renderNotices } from './settings-notices.js';
import { renderDefaultPriority, renderRequiredFields, renderSwitches } from './settings-options.js';
import { refusalOf, renderHeader, renderReadOnly } from './settings-states.js';
import { renderTabs, sectionLabel, sectionNames, sectionOf, type SectionName } from './settings-tabs.js';
import { hasRetiredDefault, withRequired, type SettingsValues } from './settings-values.js';

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

/** What stands in a `<case-settings>`: the parts, what is typed into them, and what becomes of it. */
export class SettingsBody implements ReactiveController {
  readonly #link: SettingsLink;
  readonly #host: LitElement;
  readonly #session: QueryController<Session, readonly [CaseClient | undefined]>;
  readonly #settings: QueryController<Settings, readonly [CaseClient | undefined]>;
  #history: SettingsHistory;
  #edit: SettingsEdit | undefined;
  #begunFor: string | undefined;
  #section: SectionName = sectionNames[0];
  #said = '';
  #asking = false;
  #beforeQuestion: Element | null = null;
  #warnedOf: string | null = null;

  constructor(link: SettingsLink) {
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
    this.#history = new SettingsHistory(host);
    // Fetched with the rest: a page that never shows the settings does not carry their looks.
    const { elementStyles } = host.constructor as typeof LitElement;
    adoptStyles(host.renderRoot as ShadowRoot, [...elementStyles, styles]);
    host.addController(this);
  }

  /** Something typed is not saved. */
  get dirty(): boolean {
    return (this.#edit?.changed.length ?? 0) > 0;
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
      this.#edit = new SettingsEdit(this.#host, this.#link.client, settings);
      this.#history = new SettingsHistory(this.#host);
      this.#asking = false;
      if (!refusalOf(scope.session)) void this.#edit.restore(client);
    } else this.#edit.follow(client, settings);
    if (this.#section === 'changes') {
      if (refusalOf(scope.session)) this.#section = sectionNames[0];
      else this.#history.follow(client, settings.version);
    }
    this.#warn(settings);
  }

  render(): TemplateResult {
    const scope = this.#scope;
    const edit = this.#edit;
    return scope && edit ? this.#renderSettings(scope, edit) : this.#renderWaiting();
  }

  #renderWaiting(): TemplateResult {
    const { status, error } = this.#session.state.error ? this.#session.state : this.#settings.state;
    return html`${renderHeader()}
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

  #renderSettings(scope: Scope, edit: SettingsEdit): TemplateResult {
    const refusal = refusalOf(scope.session);
    const selected = this.#section;
    const names = refusal ? sectionNames.filter((name) => name !== 'changes') : sectionNames;
    const wrong = new Set(Object.keys(edit.submission.errors).map((error) => sectionOf(fieldOfError(error))));
    const changed = new Set(refusal ? [] : edit.changed.map(sectionOf));
    const tabs = names.map((name) => ({ name, changed: changed.has(name), wrong: wrong.has(name) }));
    const inside = html`<div class="layout" ?inert=${this.#asking}>
      ${renderTabs(tabs, selected, this.#select)}
      <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${selected}">
        <h3>${sectionLabel(selected)}</h3>
        ${refusal ? renderReadOnly(scope.settings, selected) : this.#renderPart(scope, edit, selected)}
      </div>
    </div>`;
    if (refusal)
      return html`${renderHeader()}
        <div class="notices">
          <p class="banner">${icon('lock')}<span class="grow">${refusal}</span></p>
        </div>
        ${inside}`;
    return html`<form part="form" novalidate @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
      ${renderHeader()}
      <div class="notices" ?inert=${this.#asking}>${renderNotices(scope, edit)}</div>
      ${inside}
      <p class="visually-hidden" role="status" data-said>${this.#said}</p>
      <footer>
        ${this.#asking ? renderDiscardQuestion(this.#keep, this.#discard) : this.#renderActions(edit)}
      </footer>
    </form>`;
  }

  #renderPart(scope: Scope, edit: SettingsEdit, section: SectionName): unknown {
    const { values, submission } = edit;
    const { errors } = submission;
    const options = {
      values,
      errors,
      onChange: (change: Partial<SettingsValues>) => edit.edit(change),
      onRequire: (name: string, required: boolean) =>
        edit.edit({ requiredFields: withRequired(edit.values, name, required) }),
    };
    if (section === 'newCase') return renderRequiredFields(options);
    if (section === 'rules') return renderSwitches(options);
    if (section === 'changes') return this.#history.render(scope.client, scope.settings);
    return html`${renderListEditor({
      list: section,
      values: values[section],
      stored: new Set(edit.base[section].map(({ id }) => id)),
      errors,
      onChange: (change, deed) => {
        edit.edit({ [section]: change(edit.values[section]) }, ...(deed.touched ? [deed.touched] : []));
        this.#follow(deed);
      },
    })}
    ${section === 'priorities' ? renderDefaultPriority(options) : nothing}`;
  }

  #renderActions(edit: SettingsEdit): TemplateResult {
    const { changed, submission, merged } = edit;
    const names = formatList([...new Set(changed.map((field) => sectionLabel(sectionOf(field))))]);
    return html`<div class="actions">
      <p class="hint grow">
        ${changed.length > 0 ? msg(str`Not saved yet: ${names}`, { id: 'settings.unsaved' }) : nothing}
      </p>
      ${
        changed.length > 0
          ? html`<button class="button quiet" type="button" data-action="discard" @click=${this.#discard}>
              ${msg('Discard changes', { id: 'settings.discard' })}
            </button>`
          : nothing
      }
      <button class="button primary" type="submit" data-action="save" aria-busy=${submission.busy}>
        ${
          submission.busy
            ? msg('Saving…', { id: 'action.saving' })
            : merged
              ? msg('Save again', { id: 'settings.save-again' })
              : msg('Save settings', { id: 'settings.save' })
        }
      </button>
    </div>`;
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
      (control ?? renderRoot.querySelector<HTMLElement>('[data-action=add]'))?.focus();
    });
  }

  readonly #select = (name: SectionName): void => {
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
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !this.#asking) {
      event.preventDefault();
      void this.#save();
    } else if (event.key === 'Escape' && (this.#asking || this.dirty)) {
      event.preventDefault();
      event.stopPropagation();
      if (this.#asking) this.#keep();
      else this.#ask();
    }
  };

  #ask(): void {
    this.#asking = true;
    this.#beforeQuestion = this.#host.shadowRoot?.activeElement ?? null;
    this.#host.requestUpdate();
    this.#focus('[data-keep]');
  }

  readonly #keep = (): void => {
    this.#asking = false;
    this.#host.requestUpdate();
    const back = this.#beforeQuestion;
    void this.#host.updateComplete.then(() => (back as HTMLElement | null)?.focus());
  };

  readonly #discard = (): void => {
    const scope = this.#scope;
    this.#asking = false;
    if (scope) this.#edit?.clear(scope.client);
    this.#focus('[data-action=undo]');
  };

  async #save(): Promise<void> {
    const scope = this.#scope;
    const edit = this.#edit;
    if (!scope || !edit || edit.submission.busy || this.#asking) return;
    this.#said = '';
    this.#showWrong(Object.keys(checkSettings(edit.values)));
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
    const sections = errors.map((error) => sectionOf(fieldOfError(error)));
    const first = sectionNames.find((name) => sections.includes(name));
    if (!first || sections.includes(this.#section)) return;
    this.#section = first;
    this.#host.requestUpdate();
  }

  #focus(selector: string): void {
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus(),
    );
  }

  /** Tells the host of a default priority that cannot be used, once for each (CC-28). */
  #warn(settings: Settings): void {
    const warnedOf = hasRetiredDefault(settings) ? settings.defaultPriority : null;
    if (warnedOf === this.#warnedOf) return;
    this.#warnedOf = warnedOf;
    if (warnedOf !== null)
      this.#host.dispatchEvent(
        new ConfigWarningEvent(
          'retired_default_priority',
          `The default priority "${warnedOf}" is retired or unknown; new cases start without one.`,
        ),
      );
  }

  get #scope(): Scope | undefined {
    const client = this.#link.client();
    const session = this.#session.data;
    const settings = this.#settings.data;
    return client && session && settings ? { client, session, settings } : undefined;
  }
}
