import { html, nothing, type TemplateResult } from 'lit';

import type { CaseLink } from '../../../src/contract/cases.js';
import type { LinkType } from './host-types.js';
import { linkTypeLabel } from './link-words.js';

/** Every object with the name of its kind, as the host shows it, or else by its label or id. */
export function renderLinkList(
  links: readonly CaseLink[],
  linkTypes: readonly LinkType[] = [],
): TemplateResult {
  return html`<ul class="links">
    ${links.map((link) => {
      const linkType = linkTypes.find(({ type }) => type === link.type);
      return html`<li>
        ${linkType?.icon ? html`<img src=${linkType.icon} alt="" width="16" height="16" />` : nothing}
        <span class="type"><bdi>${linkTypeLabel(link.type, linkTypes)}</bdi></span>
        ${renderObject(link, linkType)}
      </li>`;
    })}
  </ul>`;
}

function renderObject(link: CaseLink, linkType: LinkType | undefined): unknown {
  const shown = ask(() => linkType?.render?.(link)) ?? link.label ?? link.id;
  const href = webAddress(ask(() => linkType?.href?.(link)));
  const content = shown instanceof Node ? shown : html`<bdi>${shown}</bdi>`;
  return href === undefined
    ? content
    : html`<a href=${href} target="_blank" rel="noopener noreferrer">${content}</a>`;
}

/** What the host answers; a renderer that fails must not hide the case. */
function ask<T>(question: () => T | undefined): T | undefined {
  try {
    return question();
  } catch (error) {
    console.warn('Casement: a link of a case could not be shown as its type says.', error);
    return undefined;
  }
}

/** An address that runs nothing: what stands in a case was typed by somebody. */
function webAddress(href: string | undefined): string | undefined {
  if (href === undefined) return undefined;
  try {
    const { protocol } = new URL(href, document.baseURI);
    return ['https:', 'http:', 'mailto:', 'tel:'].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
