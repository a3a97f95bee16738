import { svg, html, type TemplateResult } from 'lit';

const paths = {
  add: svg`<path d="M8 3v10M3 8h10"/>`,
  alert: svg`<circle cx="8" cy="8" r="6"/><path d="M8 5v3.5M8 11v.01"/>`,
  check: svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`,
  chevron: svg`<path d="m6 3 5 5-5 5"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.2 1.5"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  down: svg`<path d="m4 6 4 4 4-4"/>`,
  inbox: svg`<path d="M2.5 9.5 4 3.5h8l1.5 6v3h-11z"/><path d="M2.5 9.5H6l.8 1.5h2.4l.8-1.5h3.5"/>`,
  lock: svg`<rect x="3.5" y="7" width="9" height="6" rx="1.2"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`,
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`,
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon: whatever it means stands beside it in words. */
export function icon(name: IconName): TemplateResult {
  return drawIcon(paths[name], name === 'chevron');
}

/** Shapes on a grid of 16 by 16. A directional icon points the other way when read from right to left. */
export function drawIcon(shapes: TemplateResult<2>, directional = false): TemplateResult {
  return html`<svg
    class=${directional ? 'icon directional' : 'icon'}
    viewBox="0 0 16 16"
    aria-hidden="true"
    focusable="false"
  >
    ${shapes}
  </svg>`;
}
