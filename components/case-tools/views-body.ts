import { msg } from '@lit/localize';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Session } from '../../src/contract/session.js';
import type { NewView, View } from '../../src/contract/views.js';
import { isConflictError, isNotFoundError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import type { FollowedView, ViewsQuery } from './followed-view.js';
import { renderNotice } from './tool-notice.js';
import { ViewDialog } from './view-dialog.js';
import { focusFirstItem, focusItem, itemForKey, renderViewMenu, type MenuAction } from './view-menu.js';

/** What the menu of views is given by its element. */
export interface ViewsLink {
  readonly host: LitElement;
  readonly client: () => CaseClient | undefined;
  readonly session: () => Session | undefined;
  readonly views: ViewsQuery;
  readonly followed: FollowedView;
  /** Whether the list no longer stands as its view was saved. */
  readonly changed: () => boolean;
  /** What a view of the list as it stands would keep. */
  readonly present: () => Pick<NewView, 'filters' | 'sort' | 'columns'>;
  /** Closes the menu, with the focus on its button. */
  readonly leaveMenu: () => void;
}

/** What stands in the menu of views, and what it opens. */
export class ViewsBody {
  readonly #link: ViewsLink;
  readonly #dialog: ViewDialog;
  #saving = false;
  #failure: { readonly error: unknown; readonly view: View } | undefined;

  constructor(link: ViewsLink) {
    this.#link = link;
    this.#dialog = new ViewDialog(link);
  }

  renderMenu(): TemplateResult {
    const { views, followed, changed, session } = this.#link;
    const current = followed.view;
    return renderViewMenu({
      state: views.state,
      current,
      changed: changed(),
      mayShare: session()?.permissions['shareViews']?.allowed === true,
      onChoose: this.#choose,
      onAction: this.#act,
      onRetry: () => void views.refetch(),
    });
  }

  renderDialog(): TemplateResult | typeof nothing {
    return this.#dialog.render();
  }

  /** What became of “Save changes”, which has no dialog of its own. */
  renderNotices(): TemplateResult | typeof nothing {
    const failed = this.#failure;
    if (!failed) return nothing;
    const { error, view } = failed;
    const conflict = isConflictError(error);
    const text = conflict
      ? failureText(error)
      : `${msg('The view could not be saved.', { id: 'views.save.failed' })} ${failureText(error)}`;
    return renderNotice({
      tone: conflict ? 'caution' : 'critical',
      text: conflict
        ? `${text} ${msg('Save yours in its place, or take over what was saved.', { id: 'views.conflict' })}`
        : text,
      onDismiss: this.#forget,
      actions: html`${
          conflict
            ? html`<button class="button" type="button" data-action="take-over" @click=${this.#takeOver}>
                ${msg('Take over', { id: 'views.conflict.theirs' })}
              </button>`
            : nothing
        }
        <button class="button" type="button" data-action="save-again" @click=${() => void this.#save(view)}>
          ${conflict ? msg('Save mine', { id: 'views.conflict.mine' }) : msg('Try again', { id: 'action.retry' })}
        </button>`,
    });
  }

  /** Keeps the focus in the open menu, whatever comes and goes there. */
  focusMenu(): void {
    const menu = this.#menu;
    if (menu?.matches(':popover-open') && !menu.contains(this.#focused)) focusFirstItem(menu);
  }

  onMenuKeydown(event: KeyboardEvent): void {
    const menu = this.#menu;
    const item = menu && itemForKey(menu, this.#focused, event);
    if (!item) return;
    event.preventDefault();
    focusItem(item);
  }

  readonly #choose = (view: View | undefined): void => {
    this.#failure = undefined;
    this.#link.leaveMenu();
    this.#link.followed.choose(view);
  };

  readonly #act = (action: MenuAction): void => {
    const { followed, leaveMenu } = this.#link;
    const view = followed.view;
    this.#failure = undefined;
    leaveMenu();
    if (action === 'create') this.#dialog.create();
    else if (!view) return;
    else if (action === 'save') void this.#save(view);
    else if (action === 'reset') followed.choose(view);
    else if (action === 'edit') this.#dialog.edit(view);
    else this.#dialog.remove(view);
  };

  async #save(view: View): Promise<void> {
    const { client, present, followed, host } = this.#link;
    const from = client();
    if (!from || this.#saving) return;
    this.#saving = true;
    this.#failure = undefined;
    host.requestUpdate();
    try {
      followed.written(await from.views.update(view.id, present(), { version: view.version }));
    } catch (error) {
      if (isNotFoundError(error)) void this.#link.views.refetch();
      else {
        const current = isConflictError(error) ? (error.current as View | undefined) : undefined;
        this.#failure = { error, view: current ?? view };
      }
    } finally {
      this.#saving = false;
      host.requestUpdate();
    }
  }

  readonly #takeOver = (): void => {
    const view = this.#failure?.view;
    this.#failure = undefined;
    if (view) this.#link.followed.choose(this.#link.followed.view ?? view);
  };

  readonly #forget = (): void => {
    this.#failure = undefined;
    this.#link.host.requestUpdate();
  };

  get #menu(): HTMLElement | null {
    return this.#link.host.renderRoot.querySelector<HTMLElement>('#views-menu');
  }

  get #focused(): Element | null {
    return this.#link.host.shadowRoot?.activeElement ?? null;
  }
}
