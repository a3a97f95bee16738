import { msg } from '@lit/localize';
import { css, html, type LitElement, type TemplateResult } from 'lit';

import { addStyles } from '../shared/add-styles.js';
import { currentLocale } from '../shared/locale.js';

const styles = css`
  p {
    margin: 0 0 12px;
    padding: 12px 16px;
    border: 1px solid;
    border-radius: 8px;
  }
`;

/** What a reader is told where nothing can be read, who would wait for ever (E-CONFIG). */
export function notSetUp(host: LitElement): TemplateResult {
  addStyles(host, styles);
  return html`<p part="message" role="alert" lang=${currentLocale()} dir="auto">
    ${msg('Cases cannot be shown: this page is not set up for them. Tell whoever looks after it.', {
      id: 'provider.not-set-up',
    })}
  </p>`;
}
