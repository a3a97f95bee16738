import { svg, type TemplateResult } from 'lit';

import { drawIcon } from './icons.js';

const paths = {
  attachment: svg`<path d="m13 7.5-5.2 5.2a3 3 0 0 1-4.3-4.3L9 3a2 2 0 0 1 2.9 2.8l-5.4 5.4a1 1 0 0 1-1.4-1.4l4.6-4.6"/>`,
  back: svg`<path d="M10 3 5 8l5 5"/>`,
  edit: svg`<path d="M10.8 3.2a1.6 1.6 0 0 1 2.2 2.2L5.5 12.9 2.5 13.5l.6-3z"/>`,
  eye: svg`<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8Z"/><circle cx="8" cy="8" r="2"/>`,
  person: svg`<circle cx="8" cy="5.2" r="2.4"/><path d="M3.4 13.2c.5-2.6 2.3-4 4.6-4s4.1 1.4 4.6 4"/>`,
  reopen: svg`<path d="M3 8a5 5 0 1 0 1.6-3.7L3 5.8"/><path d="M3 2.8v3h3"/>`,
} as const;

export type CaseIconName = keyof typeof paths;

/** An icon of what is done on a case, apart from the others so that lists need not load it. */
export function caseIcon(name: CaseIconName): TemplateResult {
  return drawIcon(paths[name], name === 'back');
}
