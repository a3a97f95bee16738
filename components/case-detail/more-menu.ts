import { msg } from '@lit/localize';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';

import type { Case } from '../../src/contract/cases.js';
import type { NoticePreference } from '../../src/contract/notices.js';
import { failureText } from '../shared/failure.js';
import { icon } from '../shared/icons.js';
import { followAnchor } from '../shared/place-popover.js';
import { sharingIcon } from './sharing-icons.js';
import type { SharingLink } from './sharing-part.js';

/** What the menu leads to. */
export interface MenuActions {
  readonly share: () => void;
  readonly forward: () => void;
}

/** Something the menu offers that is fetched by itself. */
export interface MenuItem {
  readonly mark: TemplateResult;
  readonly text: string;
  readonly choose: () => void;
}

/** What else can be done with a case: share it, pass it on, be told of replies (DE-17, DE-07, CO-12). */
export class MoreMenu implements ReactiveController {
  readonly #link: SharingLink;
  readonly #actions: MenuActions;
  #open = false;
  #notices: { readonly caseId: string; readonly preference: NoticePreference | undefined } | undefined;
  #placed: AbortController | undefined;

  constructor(link: SharingLink, actions: MenuActions) {
    this.#link = link;
    this.#actions = actions;
    link.host.addController(this);
  }

  hostDisconnected(): void {
    this.#placed?.abort();
  }

  /** The button with its menu; nothing where the menu would be empty. */
  render({ id, permissions }: Case, more?: MenuItem): TemplateResult | typeof nothing {
    const share = permissions['share']?.allowed === true;
    const forward = permissions['forward']?.allowed === true;
    const read = this.#notices?.caseId === id ? this.#notices : undefined;
    const preference = read?.preference;
    // Where no notices are sent there is nothing to choose; until that is known, the room is kept.
    const notices = !read || preference !== undefined;
    if (!share && !forward && !notices && !more) return nothing;
    const label = msg('More actions', { id: 'case-detail.more' });
    return html`<button
        class="button quiet icon"
        type="button"
        id="more"
        part="more"
        popovertarget="more-menu"
        aria-haspopup="menu"
        aria-expanded=${this.#open ? 'true' : 'false'}
        aria-label=${label}
        title=${label}
      >
        ${sharingIcon('more')}
      </button>
      <div
        class="menu"
        id="more-menu"
        popover="auto"
        role="menu"
        aria-label=${label}
        @beforetoggle=${this.#closing}
        @toggle=${this.#toggled}
        @keydown=${this.#key}
      >
        ${share ? renderItem(sharingIcon('share'), msg('Share…', { id: 'case-detail.more.share' }), () => this.#choose(this.#actions.share)) : nothing}
        ${forward ? renderItem(sharingIcon('forward'), msg('Forward to a colleague…', { id: 'case-detail.more.forward' }), () => this.#choose(this.#actions.forward)) : nothing}
        ${more ? renderItem(more.mark, more.text, () => this.#choose(more.choose)) : nothing}
        ${notices ? this.#renderReplies(id, preference) : nothing}
      </div>`;
  }

  #renderReplies(id: string, preference: NoticePreference | undefined): TemplateResult {
    return html`<button
      class="item"
      type="button"
      role="menuitemcheckbox"
      tabindex="-1"
      aria-checked=${preference?.replies ? 'true' : 'false'}
      aria-disabled=${preference?.deliverable ? nothing : 'true'}
      @click=${() => void this.#toggleReplies(id)}
    >
      <span class="mark">${preference?.replies && preference.deliverable ? icon('check') : nothing}</span>
      <span
        >${msg('Tell me about replies', { id: 'case-detail.more.replies' })}
        ${
          preference && !preference.deliverable
            ? html`<span class="hint"
                >${msg('No e-mail reaches you here.', { id: 'case-detail.more.undeliverable' })}</span
              >`
            : nothing
        }</span
      >
    </button>`;
  }

  #choose(action: () => void): void {
    this.#menu?.hidePopover();
    // From the button the focus comes back to.
    this.#button?.focus();
    action();
  }

  /** Closed from inside, the focus goes back to the button: the browser finds it through no shadow root. */
  readonly #closing = ({ newState }: ToggleEvent): void => {
    const { activeElement } = this.#link.host.renderRoot as ShadowRoot;
    if (newState === 'closed' && activeElement && this.#menu?.contains(activeElement)) this.#button?.focus();
  };

  readonly #toggled = (event: ToggleEvent): void => {
    this.#open = event.newState === 'open';
    this.#link.host.requestUpdate();
    this.#placed?.abort();
    const [menu, button] = [this.#menu, this.#button];
    if (!this.#open || !menu || !button) return;
    this.#placed = new AbortController();
    followAnchor(menu, button, this.#placed.signal);
    this.#items[0]?.focus();
    void this.#readNotices();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const items = this.#items;
    const root = this.#link.host.renderRoot as ShadowRoot;
    const place = items.findIndex((item) => item === root.activeElement);
    const next = {
      ArrowDown: items[(place + 1) % items.length],
      ArrowUp: items.at(place < 0 ? -1 : place - 1),
      Home: items[0],
      End: items.at(-1),
    }[event.key];
    if (event.key === 'Tab') this.#menu?.hidePopover();
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  async #readNotices(): Promise<void> {
    const [client, caseId] = [this.#link.client(), this.#link.record()?.id];
    if (!client || !caseId) return;
    // A server that sends no notices has no preference: then nothing can be ticked.
    const preference = await client.notices.get(caseId).catch(() => undefined);
    this.#notices = { caseId, preference };
    this.#link.host.requestUpdate();
  }

  async #toggleReplies(caseId: string): Promise<void> {
    const client = this.#link.client();
    const before = this.#notices?.preference;
    if (!client || !before?.deliverable) return;
    this.#menu?.hidePopover();
    this.#button?.focus();
    try {
      const preference = await client.notices.set(caseId, { replies: !before.replies });
      this.#notices = { caseId, preference };
      this.#link.say(() =>
        preference.replies
          ? msg('You will be told about replies.', { id: 'case-detail.replies.on' })
          : msg('You will not be told about replies.', { id: 'case-detail.replies.off' }),
      );
    } catch (error) {
      this.#link.say(() => failureText(error));
    }
  }

  get #items(): HTMLElement[] {
    return [...(this.#menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  }

  get #menu(): HTMLElement | null {
    return this.#link.host.renderRoot.querySelector<HTMLElement>('#more-menu');
  }

  get #button(): HTMLElement | null {
    return this.#link.host.renderRoot.querySelector<HTMLElement>('#more');
  }
}

function renderItem(mark: TemplateResult, text: string, onClick: () => void): TemplateResult {
  return html`<button class="item" type="button" role="menuitem" tabindex="-1" @click=${onClick}>
    <span class="mark">${mark}</span><span>${text}</span>
  </button>`;
}
