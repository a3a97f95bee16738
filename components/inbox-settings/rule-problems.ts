import { msg, str } from '@lit/localize';
import { html } from 'lit';

import { icon } from '../shared/icons.js';
import { formatNumber } from '../shared/locale.js';
import type { SectionView } from '../shared/settings/settings-page.js';
import type { KnownInboxes } from './known-inboxes.js';
import type { RulesValues } from './rule-values.js';

/** The stored rules that are passed over, for what they name is retired or not there any more. */
export function renderRuleProblems(
  { settings, edit }: SectionView<RulesValues>,
  inboxes: KnownInboxes,
): unknown {
  const told = (settings.problems ?? []).flatMap(({ setting }) => {
    const index = /^inboxes\.rules\.(\d+)/.exec(setting)?.[1];
    return index === undefined ? [] : [Number(index)];
  });
  const { items } = inboxes;
  const takes = new Set(items?.flatMap(({ id, retired }) => (retired ? [] : [id])));
  const leadNowhere = edit.base.rules.flatMap(({ inboxId }, index) =>
    items && !takes.has(inboxId) ? [index] : [],
  );
  const places = [...new Set([...told, ...leadNowhere])].sort((one, other) => one - other);
  return places.map((place) => {
    const number = formatNumber(place + 1);
    return html`<div class="banner caution">
      ${icon('alert')}
      <p class="grow">
        ${msg(
          str`Rule ${number} is passed over: something it names is retired or not there any more. Choose another, or remove the rule.`,
          { id: 'inbox-settings.rule.problem' },
        )}
      </p>
    </div>`;
  });
}
