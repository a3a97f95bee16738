import { svg, html, type TemplateResult } from 'lit';

const paths = {
  add: svg`<path d="M8 3v10M3 8h10"/>`,
  alert: svg`<circle cx="8" cy="8" r="6"/><path d="M8 5v3.5M8 11v.01"/>`,
  attachment: svg`<path d="m13 7.5-5.2 5.2a3 3 0 0 1-4.3-4.3L9 3a2 2 0 0 1 2.9 2.8l-5.4 5.4a1 1 0 0 1-1.4-1.4l4.6-4.6"/>`,
  back: svg`<path d="M10 3 5 8l5 5"/>`,
  check: svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`,
  chevron: svg`<path d="m6 3 5 5-5 5"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.2 1.5"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  down: svg`<path d="m4 6 4 4 4-4"/>`,
  edit: svg`<path d="M10.8 3.2a1.6 1.6 0 0 1 2.2 2.2L5.5 12.9 2.5 13.5l.6-3z"/>`,
  eye: svg`<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8Z"/><circle cx="8" cy="8" r="2"/>`,
  inbox: svg`<path d="M2.5 9.5 4 3.5h8l1.5 6v3h-11z"/><path d="M2.5 9.5H6l.8 1.5h2.4l.8-1.5h3.5"/>`,
  lock: svg`<rect x="3.5" y="7" width="9" height="6" rx="1.2"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`,
  person: svg`<circle cx="8" cy="5.2" r="2.4"/><path d="M3.4 13.2c.5-2.6 2.3-4 4.6-4s4.1 1.4 4.6 4"/>`,
  reopen: svg`<path d="M3 8a5 5 0 1 0 1.6-3.7L3 5.8"/><path d="M3 2.8v3h3"/>`,
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`,
  sort: svg`<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>`,
  tag: svg`<path d="M2.5 7.6V3.2c0-.4.3-.7.7-.7h4.4l5.9 5.9-5.1 5.1z"/><path d="M5.4 5.4v.01"/>`,
} as const;

export type IconName = keyof typeof paths;

const directional: ReadonlySet<IconName> = new Set(['back', 'chevron']);

/** A decorative icon: whatever it means stands beside it in words. */
export function icon(name: IconName): TemplateResult {
  return html`<svg
    class=${directional.has(name) ? 'icon directional' : 'icon'}
    viewBox="0 0 16 16"
    aria-hidden="true"
    focusable="false"
  >
    ${paths[name]}
  </svg>`;
}
