import { svg, type TemplateResult } from 'lit';

import { drawIcon } from '../shared/icons.js';

const paths = {
  share: svg`<circle cx="6" cy="5.4" r="2.3"/><path d="M1.8 13c.4-2.4 2-3.8 4.2-3.8s3.8 1.4 4.2 3.8M12.4 5v4M10.4 7h4"/>`,
  more: svg`<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.4"/>`,
  forward: svg`<path d="M9.5 3.5 13.5 7.5l-4 4M13 7.5H7a4 4 0 0 0-4 4v1"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="7.5" height="7.5" rx="1.4"/><path d="M10.5 3H4.4A1.4 1.4 0 0 0 3 4.4v6.1"/>`,
} as const;

/** An icon of sharing, fetched with what it stands on. */
export function sharingIcon(name: keyof typeof paths): TemplateResult {
  return drawIcon(paths[name], name === 'forward');
}
