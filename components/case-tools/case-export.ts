import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';

import type { CaseListQuery } from '../../src/client/cases.js';
import type { CaseClient } from '../../src/client/client.js';
import { exportColumns, type ExportColumn } from '../../src/contract/export.js';
import { isAbortError } from '../../src/errors.js';
import { failureText } from '../shared/failure.js';
import { localToday } from '../shared/format.js';
import { drawIcon } from '../shared/icons.js';
import { formatNumber, plural } from '../shared/locale.js';
import { saveFile } from '../shared/save-file.js';
import { exportIcon } from './tool-icons.js';
import { renderNotice } from './tool-notice.js';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly name: string }
  | { readonly kind: 'failed'; readonly error: unknown; readonly again: () => void };

const idle: State = { kind: 'idle' };

/** Saves what a list finds as a CSV file, with the columns it shows. */
export class CaseExport implements ReactiveController {
  readonly #host: LitElement;
  #state: State = idle;
  #running: AbortController | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
    this.#state = idle;
  }

  /** What was said about another list no longer holds. */
  forget(): void {
    if (this.#state.kind === 'done' || this.#state.kind === 'failed') this.#set(idle);
  }

  renderButton(
    total: number | undefined,
    query: CaseListQuery | undefined,
    onExport: () => void,
  ): TemplateResult {
    const busy = this.#state.kind === 'busy';
    const nothingThere = total === 0 || !query;
    const isShared = query?.shared !== undefined;
    const words = busy
      ? msg('Exporting…', { id: 'export.busy' })
      : total === undefined
        ? msg('Export', { id: 'export.button' })
        : msg(str`Export (${formatNumber(total)})`, { id: 'export.button.count' });
    return html`<button
      class="button quiet export"
      type="button"
      part="export"
      title=${
        nothingThere
          ? msg('There is nothing to export.', { id: 'export.nothing' })
          : isShared
            ? msg('Lists of shared cases cannot be exported. Choose All cases first.', {
                id: 'export.shared',
              })
            : exportText(total)
      }
      aria-disabled=${nothingThere || isShared ? 'true' : nothing}
      aria-busy=${busy ? 'true' : 'false'}
      @click=${() => {
        if (!nothingThere && !isShared) onExport();
      }}
    >
      ${drawIcon(exportIcon)}<span class="words">${words}</span>
    </button>`;
  }

  renderNotice(): unknown {
    const { kind } = this.#state;
    const said = (text: string) => html`<p class="visually-hidden" role="status">${text}</p>`;
    if (kind === 'busy') return said(msg('Exporting…', { id: 'export.busy' }));
    if (kind === 'done')
      return renderNotice({
        tone: 'positive',
        text: msg(str`Saved as ${this.#state.name}.`, { id: 'export.done' }),
        onDismiss: this.#dismiss,
      });
    if (kind === 'idle') return said('');
    const { error, again } = this.#state;
    return renderNotice({
      tone: 'critical',
      text: `${msg('The cases could not be exported.', { id: 'export.failed' })} ${failureText(error)}`,
      onDismiss: this.#dismiss,
      actions: html`<button class="button" type="button" data-action="export-again" @click=${again}>
        ${msg('Try again', { id: 'action.retry' })}
      </button>`,
    });
  }

  /** Fetches and saves the file, one at a time. */
  async run(
    client: CaseClient,
    query: CaseListQuery,
    columns: readonly string[],
    withCustomer: boolean,
  ): Promise<void> {
    if (this.#state.kind === 'busy') return;
    this.#set({ kind: 'busy' });
    this.#running = new AbortController();
    const { signal } = this.#running;
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      // A file has all pages.
      const { limit: _limit, count: _count, cursor: _cursor, ...filters } = query;
      const file = await client.cases.export(
        { ...filters, columns: columnsToExport(columns, withCustomer), timeZone },
        { signal },
      );
      const name = `casement-cases-${localToday()}.csv`;
      saveFile(file, name);
      this.#set({ kind: 'done', name });
    } catch (error) {
      if (isAbortError(error)) this.#set(idle);
      else
        this.#set({
          kind: 'failed',
          error,
          again: () => void this.run(client, query, columns, withCustomer),
        });
    }
  }

  readonly #dismiss = (): void => this.#set(idle);

  #set(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

/** The columns of the file: those of the list in its order, and one each for what stands below the subject. */
export function columnsToExport(columns: readonly string[], withCustomer: boolean): ExportColumn[] {
  const below = (name: string) => (columns.includes(name) ? [] : [name]);
  const names = columns.flatMap((name) =>
    name === 'subject'
      ? [...below('number'), name, ...(withCustomer ? below('customer') : []), ...below('status')]
      : [name],
  );
  return names.filter((name): name is ExportColumn => exportColumns.some((known) => known === name));
}

function exportText(total: number | undefined): string {
  if (total === undefined) return msg('Save these cases as a CSV file', { id: 'export.hint' });
  return plural(
    total,
    msg('one {Save # case as a CSV file} other {Save # cases as a CSV file}', { id: 'export.hint.count' }),
  );
}
