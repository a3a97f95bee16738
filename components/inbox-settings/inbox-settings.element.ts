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
import { wantWords } from '../shared/want-words.js';

/**
 * The inboxes of the tenant, for administrators: which there are, who works them with which rights, what may be due, and
 * what is put into them by itself (IB-25, IB-26).
 *
 * An inbox is edited in a dialog of its own; the rest is saved together, as in `<case-settings>`. Both are guarded by the
 * version that was read: where somebody else saved first, both states are shown side by side and nothing is lost. Whoever
 * may not manage inboxes reads why. What stands in it is fetched when it first shows.
 *
 * @element inbox-settings
 * @fires {SettingsSaveEvent} settings-save - Checked settings are about to be sent; cancelable.
 * @fires {SettingsChangeEvent} settings-change - The settings are stored.
 * @fires {InboxChangeEvent} inbox-change - An inbox was made or changed.
 * @csspart form - The form.
 * @csspart field - A label with its control and messages.
 * @csspart inbox-dialog - The dialog in which an inbox is edited.
 */
@localized()
export class InboxSettings extends LitElement {
  static override styles = [tokens, controls, forms];

  /** Where the inboxes are kept. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  readonly #part = new SettingsPart(
    this,
    () => this.client,
    async () => {
      const [{ createBody }] = await Promise.all([import('./inbox-settings.body.js'), wantWords('inboxes')]);
      return createBody;
    },
  );

  /** Whether something is typed that is not saved: a host that changes its page by itself asks this first. */
  get unsaved(): boolean {
    return this.#part.unsaved;
  }

  protected override render(): unknown {
    return this.#part.render();
  }
}
