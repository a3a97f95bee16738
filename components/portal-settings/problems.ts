import { msg, str } from '@lit/localize';
import { html, type LitElement } from 'lit';

import type { Settings } from '../../src/contract/settings.js';
import { ConfigErrorEvent } from '../shared/config-error.js';
import { icon } from '../shared/icons.js';
import type { SectionView } from '../shared/settings/settings-page.js';
import { applyingScope, problemsOf, type PortalValues } from './portal-values.js';

/** Tells the host of problems, once for each state of them (CU-21, CU-24). */
export class ProblemTeller {
  #told = '[]';

  follow(settings: Settings, host: LitElement): void {
    const problems = problemsOf(settings);
    const now = JSON.stringify(problems);
    if (now === this.#told) return;
    this.#told = now;
    for (const { setting, code, value } of problems) {
      const what = value === undefined ? code : `"${value}" is not known`;
      const message = `The setting ${setting} cannot be used as it is stored (${what}); the narrowest applies.`;
      const event = new ConfigErrorEvent(message);
      host.dispatchEvent(event);
    }
  }
}

/** Those that concern a part of the form, above it, and the way to store what applies in their place. */
export function renderProblems(
  view: SectionView<PortalValues>,
  isHere: (setting: string) => boolean,
): unknown {
  const { settings, edit, onChange } = view;
  const here = problemsOf(settings).filter(
    ({ setting }) => isHere(setting) && edit.values.unreadable.includes(setting),
  );
  return here.map(
    ({ setting, value }) =>
      html`<div class="banner caution">
        ${icon('alert')}
        <p class="grow">
          ${
            value === undefined
              ? msg(str`“${setting}” cannot be used as it is stored: the narrowest applies.`, {
                  id: 'portal.problem',
                })
              : msg(str`“${value}” in “${setting}” is not known: the narrowest applies.`, {
                  id: 'portal.problem.value',
                })
          }
        </p>
        <button
          class="button"
          type="button"
          @click=${() =>
            onChange(
              {
                unreadable: edit.values.unreadable.filter((each) => each !== setting),
                ...(setting === 'portal.scope' && { scope: applyingScope(edit.values.scope) }),
              },
              { focus: { id: undefined, control: 'save' } },
            )}
        >
          ${msg('Store what applies now', { id: 'portal.problem.store' })}
        </button>
      </div>`,
  );
}
