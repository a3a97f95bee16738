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
 * What others see, for administrators: the portal of the customers, who shares with whom, what is hidden from departments
 * that receive a case, and the notices.
 *
 * Everything is saved in one request, guarded by the version that was read, as in `<case-settings>`. A change by which
 * customers or departments would see more is asked about first, and says what exactly. Stored settings that cannot be
 * meant count as the narrowest, and are told. Whoever may not change the settings reads why. What stands in it is fetched
 * when it first shows.
 *
 * @element portal-settings
 * @fires {SettingsSaveEvent} settings-save - Checked settings are about to be sent; cancelable.
 * @fires {SettingsChangeEvent} settings-change - The settings are stored.
 * @fires {ConfigErrorEvent} config-error - Something in the stored settings is not known; the narrowest applies (CU-21, CU-24).
 * @csspart form - The form.
 * @csspart field - A label with its control and messages.
 */
@localized()
export class PortalSettings extends LitElement {
  static override styles = [tokens, controls, forms];

  /** Where the settings are stored. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  readonly #part = new SettingsPart(
    this,
    () => this.client,
    async () => (await import('./portal-settings.body.js')).createBody,
  );

  /** Whether something is typed that is not saved: a host that changes its page by itself asks this first. */
  get unsaved(): boolean {
    return this.#part.unsaved;
  }

  protected override render(): unknown {
    return this.#part.render();
  }
}
