import { consume } from '@lit/context';
import { html, LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { LazyPart, renderPart } from '../shared/lazy-part.js';
import { localized } from '../shared/localization.js';
import { selectionContext, type CaseSelection } from '../shared/selection-context.js';
import { tokens } from '../shared/tokens.styles.js';
import type { SharedBody } from './shared-body.js';

/**
 * The projects and cases that are shared with a customer or an organisation now, for its page in the host: as far as the
 * reader may know of them, and up to date by itself. What stands in it is fetched when it first shows.
 *
 * @element shared-with
 * @fires {ProjectSelectEvent} project-select - A project was chosen.
 * @fires {CaseSelectEvent} case-select - A case was chosen; cancel it to keep the provider's choice as it is.
 * @csspart project - One project.
 * @csspart case - One case.
 */
@localized()
export class SharedWith extends LitElement {
  static override styles = [tokens, controls];

  /** The customer whose page it is. */
  @property({ attribute: 'customer-id' }) customerId: string | undefined;

  /** The organisation whose page it is, in the place of a customer. */
  @property({ attribute: 'organisation-id' }) organisationId: string | undefined;

  /** Where it is read from. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  @consume({ context: selectionContext, subscribe: true })
  @state()
  private selection: CaseSelection | undefined;

  readonly #body = new LazyPart<SharedBody>(
    this,
    () => true,
    async () => {
      const { SharedBody } = await import('./shared-body.js');
      return () => new SharedBody(this, (caseId) => this.selection?.select(caseId));
    },
  );

  protected override render(): unknown {
    return html`<section aria-labelledby="title">
      ${this.#body.value?.render() ?? renderPart(this.#body)}
    </section>`;
  }
}
