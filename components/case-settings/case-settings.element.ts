import { consume } from '@lit/context';
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { forms } from '../shared/forms.styles.js';
import { localized } from '../shared/localization.js';
import { SettingsPart } from '../shared/settings/settings-part.js';
import { tokens } from '../shared/tokens.styles.js';

/**
 * The settings of the tenant, for administrators: the lists to choose from, what a new case must say, and the switches.
 *
 * Everything is saved in one request, guarded by the version that was read: where somebody else saved first, both states
 * are shown list by list and nothing is lost. What is typed survives a reload, and leaving asks first. A value that cases
 * may name is retired, never deleted. Whoever may not change the settings reads them, and why. What stands in it is
 * fetched when it first shows.
 *
 * @element case-settings
 * @fires {SettingsSaveEvent} settings-save - Checked settings are about to be sent; cancelable.
 * @fires {SettingsChangeEvent} settings-change - The settings are stored.
 * @fires {ConfigWarningEvent} config-warning - The default priority points at a retired value (CC-28).
 * @csspart form - The form.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class CaseSettings extends LitElement {
  static override styles = [tokens, controls, forms];

  /** Where the settings are stored. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  readonly #part = new SettingsPart(
    this,
    () => this.client,
    async () => (await import('./case-settings.body.js')).createBody,
  );

  /** Whether something is typed that is not saved: a host that changes its page by itself asks this first. */
  get unsaved(): boolean {
    return this.#part.unsaved;
  }

  protected override render(): unknown {
    return this.#part.render();
  }
}
