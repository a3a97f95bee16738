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
import type { ProjectBody } from './project-body.js';

/**
 * A project: its cases, what was written to those who follow it, and who they are.
 *
 * The reader chooses among the projects they may see; agents make and rename them, take cases out, write to followers, and
 * share the project with customers and organisations where the verdicts allow. Whatever changes elsewhere shows at once.
 * What stands in it is fetched when it first shows.
 *
 * @element project-panel
 * @fires {ProjectSelectEvent} project-select - Another project was chosen; cancel it to keep this one.
 * @fires {CaseSelectEvent} case-select - A case was chosen; cancel it to keep the provider's choice as it is.
 * @fires {ShareChangeEvent} share-change - Who follows the project was changed here.
 * @fires {ConfigErrorEvent} config-error - The backend hides some of those who follow the project: nobody can be added (CO-14).
 * @csspart selector - The choice of the project.
 * @csspart action - A button beside the choice: rename, share, new.
 * @csspart field - A label with its control and messages.
 * @csspart case - One case of the project.
 * @csspart project-message - One message to those who follow.
 */
@localized()
export class ProjectPanel extends LitElement {
  static override styles = [tokens, controls];

  /** The project that is shown; changes with the reader's choice. */
  @property({ attribute: 'project-id', reflect: true }) projectId: string | undefined;

  /** Where projects are read from. Set by the surrounding `<case-provider>`, or by hand. */
  @consume({ context: clientContext, subscribe: true })
  @property({ attribute: false })
  client: CaseClient | undefined;

  @consume({ context: selectionContext, subscribe: true })
  @state()
  private selection: CaseSelection | undefined;

  readonly #body = new LazyPart<ProjectBody>(
    this,
    () => true,
    async () => {
      const { ProjectBody } = await import('./project-body.js');
      return () => new ProjectBody(this, (caseId) => this.selection?.select(caseId));
    },
  );

  /** Whether something is typed that is not sent: a host that changes its page by itself asks this first. */
  get unsaved(): boolean {
    return this.#body.value?.dirty ?? false;
  }

  protected override render(): unknown {
    return html`<section aria-labelledby="title">
      ${this.#body.value?.render() ?? renderPart(this.#body)}
    </section>`;
  }
}
