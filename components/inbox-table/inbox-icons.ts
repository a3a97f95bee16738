import { svg, type TemplateResult } from 'lit';

import { drawIcon } from '../shared/icons.js';

const paths = {
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.5v3.4M8 5.2v.01"/>`,
  unlock: svg`<rect x="3.5" y="7" width="9" height="6" rx="1.2"/><path d="M5.5 7V5a2.5 2.5 0 0 1 4.9-.7"/>`,
  forward: svg`<path d="M3 8h10M9 4l4 4-4 4"/>`,
  note: svg`<path d="M3.5 3h9v6.5L9.5 12.8h-6z"/><path d="M12.5 9.5h-3v3.3M5.5 5.7h5M5.5 8h3"/>`,
  person: svg`<circle cx="8" cy="5.2" r="2.4"/><path d="M3.4 13.2c.5-2.6 2.3-4 4.6-4s4.1 1.4 4.6 4"/>`,
  help: svg`<circle cx="8" cy="8" r="6"/><path d="M6.3 6.3a1.8 1.8 0 1 1 2.7 1.6c-.7.4-1 .7-1 1.4M8 11.4v.01"/>`,
} as const;

/** An icon of what is done in an inbox: whatever it means stands beside it in words. */
export function inboxIcon(name: keyof typeof paths): TemplateResult {
  return drawIcon(paths[name], name === 'forward');
}
