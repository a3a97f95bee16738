import {
  adoptStyles,
  supportsAdoptingStyleSheets,
  type CSSResultGroup,
  type CSSResultOrNative,
  type LitElement,
} from 'lit';

/**
 * Adds styles to an element that is on the page already: what is fetched on demand brings its looks along, so that a page
 * which never shows it does not carry them. Styles that are there stay, whoever added them.
 */
export function addStyles(host: LitElement, ...groups: readonly CSSResultGroup[]): void {
  const styles = groups.flatMap(flat);
  const root = host.renderRoot as ShadowRoot;
  if (!supportsAdoptingStyleSheets) {
    adoptStyles(root, styles);
    return;
  }
  const sheets = styles.flatMap((style) =>
    style instanceof CSSStyleSheet ? style : (style.styleSheet ?? []),
  );
  root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...sheets])];
}

function flat(group: CSSResultGroup): readonly CSSResultOrNative[] {
  return Array.isArray(group) ? group.flatMap(flat) : [group];
}
