import { consume } from '@lit/context';
import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { CaseListQuery } from '../../src/client/cases.js';
import type { CaseClient } from '../../src/client/client.js';
import type { View } from '../../src/contract/views.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { sameFilters } from '../shared/chosen-view.js';
import { defaultSort, type CaseFilters } from '../shared/filter-state.js';
import { forms } from '../shared/forms.styles.js';
import { drawIcon, icon } from '../shared/icons.js';
import { LazyPart, renderPart } from '../shared/lazy-part.js';
import { localized } from '../shared/localization.js';
import { followAnchor, placePopover } from '../shared/place-popover.js';
import { QueryController } from '../shared/query-controller.js';
import { tokens } from '../shared/tokens.styles.js';
import { CaseExport } from './case-export.js';
import { styles } from './case-tools.styles.js';
import { FollowedView } from './followed-view.js';
import { viewIcon } from './tool-icons.js';
import { filtersToKeep } from './view-state.js';
import type { ViewsBody } from './views-body.js';

/**
 * The saved views and the export of a `<case-list>`, which shows it and listens to it.
 *
 * Each is there for whom the session's verdict and the backend's capabilities allow it. What stands in the menu and its
 * dialogs is fetched when they first open.
 *
 * @element case-tools
 * @fires {ViewApplyEvent} view-apply - A view is to be shown, or none; does not leave the list.
 * @fires {ViewFailEvent} view-fail - The view waited for cannot be had now; does not leave the list.
 * @csspart views - The button that opens the menu of views.
 * @csspart views-menu - The menu of views.
 * @csspart export - The button that saves the list as a file.
 * @csspart tools-notice - What there is to say about a view or a file, below the buttons.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class CaseTools extends LitElement {
  static override styles = [tokens, controls, forms, styles];

  /** Where views are kept and cases are read. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  /** The view that is chosen. */
  @property({ attribute: false }) viewId: string | undefined;

  /** The list waits for the filters of the view. */
  @property({ attribute: false }) awaited = false;

  /** The filters and the order in force. */
  @property({ attribute: false }) filters: CaseFilters = {};

  /** The columns shown. */
  @property({ attribute: false }) columns: readonly string[] = [];

  /** What the list asks for; nothing while it asks for nothing. */
  @property({ attribute: false }) query: CaseListQuery | undefined;

  /** How many cases there are, where it is known. */
  @property({ attribute: false }) total: number | undefined;

  @state() private menuOpen = false;
  @state() private menuWanted = false;

  #placed: AbortController | undefined;

  readonly #session = new QueryController(
    this,
    () => [this.client] as const,
    (client) => client?.queries.session(),
  );
  readonly #views = new QueryController(
    this,
    () => [this.client, this.#mayViews && (this.viewId !== undefined || this.menuWanted)] as const,
    (client, wanted) => (wanted ? client?.queries.views({ limit: 100 }) : undefined),
  );
  readonly #followed = new FollowedView(this, this.#views);
  readonly #export = new CaseExport(this);
  readonly #body: LazyPart<ViewsBody> = new LazyPart<ViewsBody>(
    this,
    () => this.menuOpen,
    async () => {
      const { ViewsBody } = await import('./views-body.js');
      return () =>
        new ViewsBody({
          host: this,
          client: () => this.client,
          session: () => this.#session.data,
          views: this.#views,
          followed: this.#followed,
          changed: () => this.#changed,
          present: () => ({
            filters: filtersToKeep(this.filters, this.#followed.chosen?.also),
            sort: this.filters.sort ?? defaultSort,
            columns: [...this.columns],
          }),
          leaveMenu: () => this.#leaveMenu(),
        });
    },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#placed?.abort();
    this.menuOpen = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('query')) this.#export.forget();
    const [menu, button] = [this.#menu, this.#button];
    if (!this.menuOpen || !menu?.matches(':popover-open') || !button) return;
    // What has come or gone made it higher or lower.
    placePopover(menu, button);
    this.#body.value?.focusMenu();
  }

  protected override render(): unknown {
    const session = this.#session.data;
    if (!session) return nothing;
    const exporting = session.capabilities.export && session.permissions['exportCases']?.allowed;
    return html`${this.#mayViews ? this.#renderViews() : nothing}
    ${exporting ? this.#renderExport() : nothing}
    ${this.#mayViews ? this.#followed.renderNotices(session.settings) : nothing}
    ${this.#body.value?.renderNotices() ?? nothing} ${exporting ? this.#export.renderNotice() : nothing}
    ${this.#body.value?.renderDialog() ?? nothing}`;
  }

  #renderViews(): TemplateResult {
    const view: View | undefined = this.#followed.view;
    return html`<button
        class="button quiet views"
        type="button"
        id="views"
        part="views"
        popovertarget="views-menu"
        aria-haspopup="menu"
        aria-expanded=${this.menuOpen ? 'true' : 'false'}
        @keydown=${this.#onButtonKeydown}
      >
        ${drawIcon(viewIcon)}
        <span class="words">
          ${view ? msg(str`View: ${view.name}`, { id: 'views.current' }) : msg('Views', { id: 'views.button' })}
        </span>
        ${
          this.#changed
            ? html`<span class="pill accent">${msg('changed', { id: 'views.changed' })}</span>`
            : nothing
        }
        ${icon('down')}
      </button>
      <div
        class="menu"
        id="views-menu"
        part="views-menu"
        popover="auto"
        role=${this.#body.value ? 'menu' : 'group'}
        aria-labelledby="views"
        @beforetoggle=${this.#onBeforeToggle}
        @toggle=${this.#onToggle}
        @keydown=${this.#onMenuKeydown}
      >
        ${this.menuOpen ? (this.#body.value?.renderMenu() ?? renderPart(this.#body)) : nothing}
      </div>`;
  }

  #renderExport(): TemplateResult {
    const withCustomer = this.#session.data?.actor.kind !== 'customer';
    return this.#export.renderButton(this.total, this.query, () => {
      const { client, query } = this;
      if (client && query) void this.#export.run(client, query, this.columns, withCustomer);
    });
  }

  get #mayViews(): boolean {
    const session = this.#session.data;
    return session?.capabilities.views === true && session.permissions['saveViews']?.allowed === true;
  }

  /** The list no longer stands as its view was saved. */
  get #changed(): boolean {
    const chosen = this.#followed.chosen;
    return chosen !== undefined && !sameFilters(chosen.filters, this.filters);
  }

  readonly #onButtonKeydown = (event: KeyboardEvent): void => {
    // Typed faster than the menu takes the focus.
    if (this.menuOpen) {
      this.#onMenuKeydown(event);
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#menu?.showPopover();
  };

  readonly #onBeforeToggle = (event: ToggleEvent): void => {
    if (event.newState !== 'open') return;
    this.menuOpen = true;
    this.menuWanted = true;
  };

  readonly #onToggle = (event: ToggleEvent): void => {
    this.#placed?.abort();
    this.menuOpen = event.newState === 'open';
    const [menu, button] = [this.#menu, this.#button];
    if (!this.menuOpen || !menu || !button) return;
    this.#placed = new AbortController();
    followAnchor(menu, button, this.#placed.signal);
    this.#body.value?.focusMenu();
  };

  readonly #onMenuKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Tab goes on from the button, as if the menu had never been there.
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      this.#leaveMenu();
    } else this.#body.value?.onMenuKeydown(event);
  };

  #leaveMenu(): void {
    this.#menu?.hidePopover();
    this.#button?.focus();
  }

  get #menu(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#views-menu');
  }

  get #button(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#views');
  }
}
