import { msg, str } from '@lit/localize';
import { html, nothing, type LitElement } from 'lit';

import type { CaseClient } from '../../src/client/client.js';
import type { Attachment } from '../../src/contract/attachments.js';
import type { NewCase } from '../../src/contract/cases.js';
import type { Session } from '../../src/contract/session.js';
import { renderAttach, renderFiles, unsentFilesText } from '../shared/attached-files.js';
import { AttachmentTray, UnsentFilesError, type TrayContext } from '../shared/attachment-tray.js';
import type { FieldErrors } from '../shared/field-errors.js';
import { formatBytes } from '../shared/format.js';
import { plural } from '../shared/locale.js';

/** The files of a new case: uploaded while the rest is written, named by the case when it is sent. */
export class CaseFiles {
  readonly #tray: AttachmentTray;
  readonly #client: () => CaseClient | undefined;

  /** `changed` is told the stored files, and called too when one is taken away. */
  constructor(
    host: LitElement,
    client: () => CaseClient | undefined,
    changed: (stored: readonly Attachment[]) => void,
  ) {
    this.#client = client;
    this.#tray = new AttachmentTray(host, () => changed(this.#tray.stored));
  }

  /** Tells one choice of files from another, before all of them are stored. */
  get keys(): readonly string[] {
    return this.#tray.items.map(({ key }) => key);
  }

  /** What keeps the case from being sent: files that did not arrive. */
  get errors(): FieldErrors {
    return this.#tray.failed ? { attachmentIds: unsentFilesText } : {};
  }

  /** Shows the files of a kept draft, or none. */
  show(attachments: readonly Attachment[]): void {
    this.#tray.restore(attachments);
  }

  /** What the case says of its files, once every one has arrived. */
  async input(): Promise<Pick<NewCase, 'attachmentIds'>> {
    await this.#tray.settled();
    if (this.#tray.failed) throw new UnsentFilesError();
    const attachmentIds = this.#tray.stored.map(({ id }) => id);
    return attachmentIds.length > 0 ? { attachmentIds } : {};
  }

  render({ settings, capabilities }: Session, errors: FieldErrors, busy: boolean): unknown {
    if (!capabilities.attachments) return nothing;
    const { attachmentBytes, attachmentsPerNote } = settings.limits;
    const size = formatBytes(attachmentBytes);
    const view = {
      rules: { attach: true },
      settings,
      errors,
      busy,
      items: this.#tray.items,
      refusals: this.#tray.refusals,
      add: (files: readonly File[]) => this.#with((context) => this.#tray.add(files, context), settings),
      retry: (key: string) => this.#with((context) => this.#tray.retry(key, context), settings),
      remove: (key: string) => this.#tray.remove(key),
    };
    return html`<div class="field" part="field" role="group" aria-labelledby="files-label">
      <span class="label" id="files-label">${msg('Files', { id: 'case-form.files' })}</span>
      ${renderFiles(view)}
      <div class="attach">
        ${renderAttach(view, true)}
        <span class="hint"
          >${plural(
            attachmentsPerNote,
            msg(str`one {Up to # file of ${size}.} other {Up to # files, ${size} each.}`, {
              id: 'case-form.files.limits',
            }),
          )}</span
        >
      </div>
    </div>`;
  }

  #with(action: (context: TrayContext) => void, { limits }: Session['settings']): void {
    const client = this.#client();
    if (client) action({ attachments: client.attachments, limits });
  }
}
