/** The look of the reference page: light, dark, forced colours, phone and paper. */
export const referenceStyles = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1a1f27, #e7eaee);
  --muted: light-dark(#5a6472, #9aa5b3);
  --page: light-dark(#ffffff, #15181d);
  --sunken: light-dark(#f6f7f9, #0f1216);
  --line: light-dark(#e2e6eb, #2b313a);
  --accent: light-dark(#1f5fbf, #7fb2ff);
  --positive: light-dark(#0f7a47, #5fd39a);
  --caution: light-dark(#8a5a00, #f2c05c);
  --critical: light-dark(#b3261e, #ff8a80);
  background: var(--page);
  color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  scroll-padding-block-start: 16px;
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 272px minmax(0, 1fr); }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; inset-block-start: -60px; inset-inline-start: 12px; padding: 8px 14px; background: var(--page); }
.skip:focus { inset-block-start: 12px; }
code, pre { font: 0.875em/1.55 ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono', monospace; }
code { overflow-wrap: anywhere; }
nav { position: sticky; inset-block-start: 0; block-size: 100dvh; overflow-y: auto; padding: 28px 20px; background: var(--sunken); border-inline-end: 1px solid var(--line); font-size: 0.875rem; }
nav p { margin: 0 0 20px; font-weight: 650; font-size: 1rem; }
nav h2 { margin: 20px 0 4px; border: 0; padding: 0; color: var(--muted); font-size: 0.8125rem; font-weight: 600; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: 3px 0; color: inherit; text-decoration: none; }
nav a:hover { text-decoration: underline; }
main { padding: 44px clamp(20px, 5vw, 64px) 96px; max-inline-size: 960px; }
h1 { margin: 0 0 12px; font-size: 2rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 72px 0 8px; border-block-start: 1px solid var(--line); padding-block-start: 28px; font-size: 1.5rem; line-height: 1.25; }
h3 { margin: 48px 0 6px; font-size: 1.125rem; line-height: 1.35; }
h4 { margin: 24px 0 6px; color: var(--muted); font-size: 0.875rem; font-weight: 600; }
p { margin: 8px 0; max-inline-size: 70ch; }
.address { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; margin: 8px 0 12px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--sunken); }
.method { font-weight: 700; }
.get { color: var(--accent); }
.post { color: var(--positive); }
.patch { color: var(--caution); }
dl { display: grid; grid-template-columns: minmax(150px, 30%) minmax(0, 1fr); align-items: stretch; margin: 0; font-size: 0.9375rem; }
dl.answers { grid-template-columns: 64px minmax(0, 1fr); }
dt, dd { margin: 0; padding-block: 7px; border-block-start: 1px solid var(--line); }
dt { overflow-wrap: anywhere; padding-inline-end: 20px; }
dd p { margin: 0; }
.needed, .type { color: var(--muted); font-size: 0.8125rem; }
.needed { color: var(--critical); }
pre { overflow: auto; margin: 0; padding: 12px 14px; border: 1px solid var(--line); border-radius: 6px; background: var(--sunken); white-space: pre-wrap; overflow-wrap: anywhere; }
.muted { color: var(--muted); font-size: 0.875rem; }
@media (max-width: 780px) {
  body { display: block; }
  nav { position: static; block-size: auto; padding: 20px; border-inline-end: 0; border-block-end: 1px solid var(--line); }
  nav ul { columns: 2; column-gap: 20px; }
  nav a { padding: 6px 0; overflow-wrap: anywhere; }
  dl:not(.answers) { grid-template-columns: minmax(0, 1fr); }
  dl:not(.answers) dd { border-block-start: 0; padding-block-start: 0; }
  h1 { font-size: 1.625rem; }
}
@media print {
  body { display: block; }
  nav, .skip { display: none; }
  main { max-inline-size: none; padding: 0; }
  h2, h3, h4 { break-after: avoid; }
  pre, .address { break-inside: avoid; }
}
`;
