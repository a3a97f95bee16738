const query = '(forced-colors: active)';
const switched = new Set<CSSMediaRule>();

/**
 * Lets the elements' rules for forced colours apply, or only where the reader's system forces them.
 *
 * A page cannot make the browser force colours, so that this shows a part: tokens as system colours, borders and
 * markers that stand in for backgrounds. The rest is seen under a system's own high contrast.
 */
export function showForcedRules(shown: boolean, root: ParentNode = document): void {
  if (!shown) {
    for (const rule of switched) rule.media.mediaText = query;
    switched.clear();
    return;
  }
  for (const element of root.querySelectorAll('*')) {
    if (!element.shadowRoot) continue;
    for (const sheet of element.shadowRoot.adoptedStyleSheets) showRules(sheet.cssRules);
    showForcedRules(true, element.shadowRoot);
  }
}

function showRules(rules: CSSRuleList): void {
  for (const rule of rules) {
    if (!(rule instanceof CSSMediaRule) || rule.media.mediaText !== query) continue;
    rule.media.mediaText = 'all';
    switched.add(rule);
  }
}
