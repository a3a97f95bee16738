import { html, raw } from 'hono/html';

/** A page of Larkwell Fibre: what differs from the others, the frame being the same for all. */
export interface HostPage {
  /** Before the company's name in the title. */
  readonly title: string;
  /** Whom the strip of the demonstration offers to be. */
  readonly audience: 'agent' | 'customer';
  /** Whom the strip signs in where nobody has been chosen yet. */
  readonly person: string;
  /** The file below `pages/` with what stands in the frame. */
  readonly content: string;
  readonly scripts: readonly string[];
  /** As high as the window, for a list beside a detail that scroll by themselves. */
  readonly tall?: boolean;
  /** Brings its header and its choice of language with it. */
  readonly ownHeader?: boolean;
}

/** The pages of the staff, in the order of their navigation. */
const staffNavigation = [
  ['/desk', 'Desk'],
  ['/account', 'Accounts'],
  ['/cases', 'Cases'],
  ['/projects', 'Projects'],
  ['/settings', 'Settings'],
] as const;

const languages = [
  ['en-GB', 'en', 'English'],
  ['de', 'de', 'Deutsch'],
  ['es', 'es', 'Español'],
  ['fr', 'fr', 'Français'],
  ['it', 'it', 'Italiano'],
  ['ar', 'ar', 'العربية'],
] as const;

/** The frame of every page, around `content`: header, strip of the demonstration, scripts. */
export async function shell(address: string, page: HostPage, content: string): Promise<string> {
  const { title, audience, person, scripts, tall, ownHeader } = page;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Larkwell Fibre</title>
        <link rel="icon" href="/demo/mark.svg" />
        <link rel="stylesheet" href="/demo/larkwell.css" />
        ${scripts.map((script) => html`<script type="module" src="${script}"></script>`)}
      </head>
      <body data-audience="${audience}" data-person="${person}" class="${tall ? 'tall' : ''}">
        ${ownHeader ? html`<header class="bar" id="header"></header>` : staffHeader(address)}
        ${strip(ownHeader)} ${raw(content)}
      </body>
    </html>`;
}

function staffHeader(address: string) {
  return html`<header class="bar">
    <a class="brand" href="/account"
      ><img src="/demo/mark.svg" alt="" width="20" height="20" />Larkwell Fibre <span>· Billing</span></a
    >
    <nav aria-label="Main">
      ${staffNavigation.map(
        ([path, name]) =>
          html`<a href="${path}" ${path === address ? raw('aria-current="page"') : ''}
            >${name}${path === '/desk' ? raw('<span id="desk-count"></span>') : ''}</a
          >`,
      )}
      <a href="/portal">Customer’s view</a>
    </nav>
  </header>`;
}

/** The demonstration's own: who is signed in, and how the page looks. */
function strip(ownLanguage: boolean | undefined) {
  return html`<form id="demo" class="demo" aria-label="Demonstration" autocomplete="off">
    <label
      >Signed in as
      <select name="person"></select
    ></label>
    <label>
      Theme
      <select name="theme">
        <option value="auto">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
    ${
      ownLanguage
        ? html`<a href="/account">Staff’s view</a>`
        : html`<label>
              Direction
              <select name="direction">
                <option value="ltr">Left to right</option>
                <option value="rtl">Right to left</option>
              </select>
            </label>
            <label>
              Elements in
              <select name="locale">
                ${languages.map(
                  ([tag, lang, name]) => html`<option value="${tag}" lang="${lang}">${name}</option>`,
                )}
              </select>
            </label>`
    }
  </form>`;
}
