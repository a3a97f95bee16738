import { consume } from '@lit/context';
import { html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';

import type { CaseClient } from '../../src/client/client.js';
import { clientContext } from '../shared/client-context.js';
import { controls } from '../shared/controls.styles.js';
import { LazyPart, renderPart } from '../shared/lazy-part.js';
import { localized } from '../shared/localization.js';
import { tokens } from '../shared/tokens.styles.js';
import type { ShareBody } from './share-body.js';

/**
 * Who has access to a case or a project: by name, at which level, from whom, since when, until when, and who has viewed it.
 *
 * Several people, departments, customers and organisations are added at once, with a preview of what they will see; what
 * was given is changed, renewed and ended. Only what the verdicts allow can be done; what they refuse says why. Who
 * loses access elsewhere leaves the list at once. What stands in it is fetched when it first shows; in a
 * `<dialog>` it then takes the focus, in the field for names or else on the heading.
 *
 * @element share-manager
 * @fires {ShareChangeEvent} share-change - Who has access was changed here.
 * @fires {ConfigErrorEvent} config-error - The backend hides some of those who have access: nobody can be added (CO-14).
 * @slot heading - In the place of the heading.
 * @csspart form - The form that adds.
 * @csspart field - A label with its control and messages.
 * @csspart preview - What somebody will see.
 * @csspart grant - One who has access.
 */
@localized()
export class ShareManager extends LitElement {
  static override styles = [tokens, controls];

  /** The case whose sharing is shown. */
  @property({ attribute: 'case-id' }) caseId = '';

  /** The project whose sharing is shown, in the place of a case. */
  @property({ attribute: 'project-id' }) projectId = '';

  /** The words of the heading, in the place of "Share case #2291". */
  @property() heading = '';

  /** Where sharing is stored. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  readonly #body = new LazyPart<ShareBody>(
    this,
    () => true,
    async () => {
      const { ShareBody } = await import('./share-body.js');
      return () => new ShareBody(this);
    },
  );

  /** Whether somebody is chosen, or something changed, that is not shared yet: who closes it asks this first. */
  get unsaved(): boolean {
    return this.#body.value?.dirty ?? false;
  }

  // Not in `willUpdate`: the queries follow their arguments only after it.
  protected override update(changed: PropertyValues): void {
    this.#body.value?.follow();
    super.update(changed);
  }

  protected override render(): unknown {
    return html`<section aria-labelledby="title">
      ${this.#body.value?.render() ?? renderPart(this.#body)}
    </section>`;
  }
}
