import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement } from 'lit';

import { portalScopes, type SettingsProblem } from '../../src/contract/portal.js';
import type { Settings } from '../../src/contract/settings.js';
import { ConfigErrorEvent } from '../shared/config-error.js';
import { icon } from '../shared/icons.js';

/** What is wrong with the settings as they are stored: as the backend says, or as it can be seen in the scope. */
export function problemsOf({ problems, portal }: Settings): readonly SettingsProblem[] {
  if (problems) return problems;
  return (portal?.scope ?? [])
    .filter((name) => !(portalScopes as readonly string[]).includes(name))
    .map((value) => ({ setting: 'portal.scope', code: 'unknown_value', value }));
}

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

/** Those that concern a part of the form, above it. */
export function renderProblems(settings: Settings, isHere: (setting: string) => boolean): unknown {
  const here = problemsOf(settings).filter(({ setting }) => isHere(setting));
  return here.length === 0
    ? nothing
    : here.map(
        ({ setting, value }) =>
          html`<p class="banner caution" role="status">
            ${icon('alert')}
            <span class="grow"
              >${
                value === undefined
                  ? msg(
                      str`“${setting}” cannot be used as it is stored. Until it is saved anew, the narrowest applies.`,
                      {
                        id: 'portal.problem',
                      },
                    )
                  : msg(
                      str`“${value}” in “${setting}” is not known. Until it is saved anew, the narrowest applies.`,
                      {
                        id: 'portal.problem.value',
                      },
                    )
              }</span
            >
          </p>`,
      );
}
