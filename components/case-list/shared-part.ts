import { msg, str } from '@lit/localize';
import { css, html, nothing, type LitElement, type TemplateResult } from 'lit';

import type { CaseSummary, SharedFilter } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import { addStyles } from '../shared/add-styles.js';
import { personName } from '../shared/person.js';

const styles = css`
  .whose {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    padding: 4px 8px 0;
    border-block-end: 1px solid var(--_line);
  }
  .whose button {
    min-block-size: calc(var(--_control) + 6px);
    margin-block-end: -1px;
    padding: 4px 12px;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_text-muted);
    font-weight: 600;
    cursor: pointer;
  }
  .whose button:hover {
    color: var(--_text);
  }
  .whose button[aria-pressed='true'] {
    border-block-end-color: var(--_accent);
    color: var(--_accent);
  }
  .origin {
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .whose button {
      border-block-end-color: Canvas;
    }
    .whose button[aria-pressed='true'] {
      border-block-end-color: Highlight;
    }
  }
`;

/** Whose cases a list shows, where cases can be shared: the choice above it, and the mark on a row (CO-08, DE-22, DE-23). */
export class SharedPart {
  readonly #choose: (shared: SharedFilter | undefined) => void;

  constructor(host: LitElement, choose: (shared: SharedFilter | undefined) => void) {
    this.#choose = choose;
    addStyles(host, styles);
  }

  /** The tabs; none for an agent of no department, with whom nothing can be shared. */
  renderTabs(chosen: string | undefined, session: Session | undefined): TemplateResult | typeof nothing {
    if (!session) return nothing;
    const { kind, departments } = session.actor;
    if (kind === 'agent' && departments.length === 0) return nothing;
    const customer = kind === 'customer';
    const tab = (shared: SharedFilter | undefined, label: string) =>
      html`<button
        type="button"
        aria-pressed=${(chosen ?? '') === (shared ?? '') ? 'true' : 'false'}
        @click=${() => this.#choose(shared)}
      >
        ${label}
      </button>`;
    return html`<div class="whose" role="group" aria-label=${msg('Whose cases', { id: 'case-list.whose' })}>
      ${tab(undefined, msg('All cases', { id: 'case-list.all' }))}
      ${tab(
        'with-me',
        customer
          ? msg('Shared with me', { id: 'case-list.shared.with-me' })
          : msg('Shared with us', { id: 'case-list.shared.with-us' }),
      )}
      ${tab(
        'by-us',
        customer
          ? msg('Shared by me', { id: 'case-list.shared.by-me' })
          : msg('Shared with others', { id: 'case-list.shared.by-us' }),
      )}
    </div>`;
  }

  /** From whom the reader has a case; `undefined` for one of their own. */
  origin(
    { requester, department, permissions }: CaseSummary,
    session: Session | undefined,
  ): string | undefined {
    if (session?.actor.kind === 'customer') {
      if (!requester || requester.id === session.actor.id) return undefined;
      return sharedBy(personName(requester));
    }
    if (permissions['share']?.rule !== 'child_cannot_reshare') return undefined;
    // A department that is not known by name is still told apart by its id (DE-23).
    const name = department?.name || department?.id;
    return name ? sharedBy(name) : msg('Shared with us', { id: 'case-list.shared.with-us' });
  }
}

function sharedBy(name: string): string {
  return msg(str`Shared by ${name}`, { id: 'case-list.shared.from' });
}
