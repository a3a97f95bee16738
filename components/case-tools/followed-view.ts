import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { ListData } from '../../src/client/live-query.js';
import type { Settings } from '../../src/contract/settings.js';
import type { View } from '../../src/contract/views.js';
import { sameFilters, type ChosenView } from '../shared/chosen-view.js';
import { failureText } from '../shared/failure.js';
import type { Sentence } from '../shared/field-errors.js';
import type { CaseFilters } from '../shared/filter-state.js';
import { icon } from '../shared/icons.js';
import { formatList } from '../shared/locale.js';
import type { QueryController } from '../shared/query-controller.js';
import { ViewApplyEvent, ViewFailEvent } from './case-tools.events.js';
import { renderNotice } from './tool-notice.js';
import { readView, retiredNames, warnsOf } from './view-state.js';

/** What the views of a list are read by. */
export type ViewsQuery = QueryController<ListData<View>, [CaseClient | undefined, boolean]>;

interface Host extends LitElement {
  viewId: string | undefined;
  readonly awaited: boolean;
  readonly filters: CaseFilters;
}

/**
 * The view that is chosen, as it stands: it changes and goes when somebody changes or removes it elsewhere, and says so.
 *
 * Filters that the reader has changed since stay as they are, whatever happens to the view.
 */
export class FollowedView implements ReactiveController {
  readonly #host: Host;
  readonly #views: ViewsQuery;
  #version = '';
  #chosen: ChosenView | undefined;
  // Written here, and not yet among those read.
  #written: { readonly view: View; readonly before: ListData<View> | undefined } | undefined;
  #doubted: string | undefined;
  #notice: Sentence | undefined;

  constructor(host: Host, views: ViewsQuery) {
    this.#host = host;
    this.#views = views;
    host.addController(this);
  }

  /** The view, as it is kept. */
  get view(): View | undefined {
    const { viewId } = this.#host;
    return viewId === undefined ? undefined : this.#find(viewId);
  }

  /** The view, as the list was given it. */
  get chosen(): ChosenView | undefined {
    return this.#host.viewId === this.#chosen?.id ? this.#chosen : undefined;
  }

  /** Shows a view, or all cases. */
  choose(view: View | undefined): void {
    this.#notice = undefined;
    this.#apply(view, false);
  }

  /** The list as it stands has just been kept as `view`, or only what it is called has changed. */
  written(view: View): void {
    this.#written = { view, before: this.#views.data };
    this.#notice = undefined;
    this.#apply(view, true);
  }

  /** The view has just been removed here. */
  removed(): void {
    this.#notice = undefined;
    this.#apply(undefined, true);
  }

  hostUpdate(): void {
    const { viewId, awaited } = this.#host;
    const { data, state } = this.#views;
    if (data?.hasNext && !state.fetchingNext && !state.error) void this.#views.fetchNext();
    if (viewId === undefined) {
      this.#chosen = undefined;
      return;
    }
    const view = this.#find(viewId);
    if (view) this.#follow(view);
    else if (data && !data.hasNext && !state.refreshing) this.#miss(viewId);
    else if (awaited && !data && state.status === 'failed') {
      const event = new ViewFailEvent();
      this.#host.dispatchEvent(event);
    }
  }

  /** What there is to know about the view: what it names that is gone, what happened to it, why it is not there. */
  renderNotices(settings: Settings): unknown {
    const { view, chosen } = this;
    const { status, error } = this.#views.state;
    const retired = view ? retiredNames(view, settings) : [];
    return html`${
      retired.length > 0
        ? renderNotice({
            tone: 'caution',
            text: msg(
              str`This view names what can no longer be chosen: ${formatList(retired)}. It still finds the cases that have it.`,
              { id: 'views.retired' },
            ),
          })
        : nothing
    }
    ${
      view && warnsOf(view, 'contradictory')
        ? renderNotice({
            tone: 'caution',
            text: msg('The conditions of this view rule each other out, so it shows no case.', {
              id: 'views.contradictory',
            }),
          })
        : nothing
    }
    ${
      view && warnsOf(view, 'hidden_condition')
        ? renderNotice({
            text: msg('A condition of this view is about something you cannot see. It is left out.', {
              id: 'views.hidden',
            }),
          })
        : nothing
    }
    ${
      chosen && Object.keys(chosen.also).length > 0
        ? renderNotice({
            text: msg('This view narrows the list by more than the filters above show.', {
              id: 'views.also',
            }),
          })
        : nothing
    }
    ${this.#notice ? renderNotice({ text: this.#notice(), onDismiss: this.#dismiss }) : nothing}
    ${this.#host.viewId !== undefined && status === 'failed' ? this.#renderFailure(failureText(error)) : nothing}`;
  }

  #renderFailure(why: string): TemplateResult {
    return html`<div class="banner critical" part="tools-notice" role="alert">
      ${icon('alert')}
      <span class="grow">${msg('The view could not be loaded.', { id: 'views.failed.one' })} ${why}</span>
      <button class="button" type="button" @click=${() => void this.#views.refetch()}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>
    </div>`;
  }

  #follow(view: View): void {
    const before = this.chosen;
    if (!before) {
      this.#apply(view, !this.#host.awaited);
      return;
    }
    if (view.version === this.#version) return;
    const untouched = sameFilters(before.filters, this.#host.filters);
    this.#apply(view, !untouched);
    const { name } = view;
    this.#notice = untouched
      ? () =>
          msg(str`The view “${name}” was changed. The list follows it.`, { id: 'views.changed.elsewhere' })
      : () =>
          msg(str`The view “${name}” was changed. Your filters stay as they are.`, {
            id: 'views.changed.kept',
          });
  }

  #miss(viewId: string): void {
    const known = this.chosen !== undefined;
    if (!known && this.#doubted !== viewId) {
      // What was read before the view was made does not know it.
      this.#doubted = viewId;
      void this.#views.refetch();
      return;
    }
    this.#apply(undefined, true);
    this.#notice = known
      ? () => msg('The view was removed. Your filters stay as they are.', { id: 'views.removed' })
      : () => msg('The view is not there any more, or it is not shared with you.', { id: 'views.missing' });
  }

  #apply(view: View | undefined, keep: boolean): void {
    this.#version = view?.version ?? '';
    this.#chosen = view && {
      id: view.id,
      ...readView(view),
      columns: view.columns?.join(' '),
    };
    // At once: what is drawn before the list says so must not follow the view before.
    this.#host.viewId = view?.id;
    const event = new ViewApplyEvent(this.#chosen ?? null, keep);
    this.#host.dispatchEvent(event);
    this.#host.requestUpdate();
  }

  #find(id: string): View | undefined {
    const { data } = this.#views;
    const written = this.#written;
    if (written?.view.id === id && written.before === data) return written.view;
    return data?.items.find((view) => view.id === id);
  }

  readonly #dismiss = (): void => {
    this.#notice = undefined;
    this.#host.requestUpdate();
  };
}
