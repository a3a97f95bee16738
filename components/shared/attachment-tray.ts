import { msg, str } from '@lit/localize';
import type { ReactiveControllerHost } from 'lit';

import type { AttachmentsResource } from '../../src/client/attachments.js';
import type { Attachment } from '../../src/contract/attachments.js';
import type { Limits } from '../../src/contract/settings.js';
import { isLimitError, isValidationError } from '../../src/errors.js';
import { failureText } from './failure.js';
import type { Sentence } from './field-errors.js';
import { formatBytes } from './format.js';
import { plural } from './locale.js';

/** A file on its way into a note or a new case. */
export interface TrayItem {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly state: 'uploading' | 'stored' | 'failed';
  readonly file?: File | undefined;
  readonly attachment?: Attachment | undefined;
  readonly error?: Sentence | undefined;
}

/** What is to be sent names files that did not arrive. */
export class UnsentFilesError extends Error {
  override readonly name = 'UnsentFilesError';
}

/** What the tray needs to know of the world when a file is added. */
export interface TrayContext {
  readonly attachments: AttachmentsResource;
  readonly limits: Limits;
}

/** The files of a note or a case being written: checked before they are sent, uploaded at once, removable, repeatable. */
export class AttachmentTray {
  readonly #host: ReactiveControllerHost;
  readonly #changed: () => void;
  readonly #uploads = new Map<string, { abort: AbortController; done: Promise<void> }>();
  #items: readonly TrayItem[] = [];
  #refusals: readonly Sentence[] = [];

  /** `changed` is called whenever the stored files are others than before. */
  constructor(host: ReactiveControllerHost, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  get items(): readonly TrayItem[] {
    return this.#items;
  }

  /** Why files of the last choice were not taken, a sentence each. */
  get refusals(): readonly Sentence[] {
    return this.#refusals;
  }

  get stored(): Attachment[] {
    return this.#items.flatMap(({ attachment }) => attachment ?? []);
  }

  get failed(): boolean {
    return this.#items.some(({ state }) => state === 'failed');
  }

  /** Takes files, as far as the limits allow, and starts to upload them. */
  add(files: Iterable<File>, context: TrayContext): void {
    const refusals: Sentence[] = [];
    for (const file of files) {
      const refusal = this.#check(file, context);
      if (refusal) refusals.push(refusal);
      else this.#start({ key: crypto.randomUUID(), name: file.name, size: file.size, file }, context);
    }
    this.#refusals = refusals;
    this.#host.requestUpdate();
  }

  retry(key: string, context: TrayContext): void {
    const item = this.#items.find((candidate) => candidate.key === key);
    if (item?.file) this.#start(item, context);
  }

  remove(key: string): void {
    this.#uploads.get(key)?.abort.abort();
    this.#uploads.delete(key);
    this.#items = this.#items.filter((item) => item.key !== key);
    this.#update();
  }

  /** Shows files that are stored already, as a restored draft has them. */
  restore(attachments: readonly Attachment[]): void {
    this.#stop();
    this.#items = attachments.map((attachment) => ({
      key: attachment.id,
      name: attachment.name,
      size: attachment.size,
      state: 'stored',
      attachment,
    }));
    this.#refusals = [];
    this.#host.requestUpdate();
  }

  clear(): void {
    this.restore([]);
  }

  /** Waits until nothing is being uploaded. */
  async settled(): Promise<void> {
    while (this.#uploads.size > 0) await Promise.all([...this.#uploads.values()].map(({ done }) => done));
  }

  #start(item: Omit<TrayItem, 'state'>, { attachments }: TrayContext): void {
    const { key, file } = item;
    if (!file) return;
    const abort = new AbortController();
    this.#put({ ...item, state: 'uploading', error: undefined });
    const done = attachments
      .upload(file, { name: file.name, signal: abort.signal, idempotencyKey: key })
      .then(
        (attachment) => ({ ...item, state: 'stored' as const, attachment, error: undefined }),
        (error: unknown) => ({ ...item, state: 'failed' as const, error: () => uploadFailure(error) }),
      )
      .then((next) => {
        if (abort.signal.aborted) return;
        this.#uploads.delete(key);
        this.#put(next);
        if (next.state === 'stored') this.#changed();
      });
    this.#uploads.set(key, { abort, done });
  }

  #put(item: TrayItem): void {
    const known = this.#items.some(({ key }) => key === item.key);
    this.#items = known
      ? this.#items.map((candidate) => (candidate.key === item.key ? item : candidate))
      : [...this.#items, item];
    this.#host.requestUpdate();
  }

  #update(): void {
    this.#refusals = [];
    this.#changed();
    this.#host.requestUpdate();
  }

  #stop(): void {
    for (const { abort } of this.#uploads.values()) abort.abort();
    this.#uploads.clear();
  }

  #check({ name, size }: File, { limits }: TrayContext): Sentence | undefined {
    const { attachmentBytes, attachmentExtensions, attachmentsPerNote } = limits;
    const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
    if (!attachmentExtensions.includes(ending))
      return () => msg(str`${name} was not added: this type of file is not accepted.`, { id: 'files.type' });
    if (size > attachmentBytes)
      return () =>
        msg(str`${name} was not added: it is larger than ${formatBytes(attachmentBytes)}.`, {
          id: 'files.size',
        });
    if (this.#items.length >= attachmentsPerNote)
      return () =>
        msg(str`${name} was not added: ${mostFilesText(attachmentsPerNote)}`, { id: 'files.refused' });
    return undefined;
  }
}

function mostFilesText(most: number): string {
  return plural(
    most,
    msg('one {no more than # file can go with it.} other {no more than # files go together.}', {
      id: 'files.count',
    }),
  );
}

function uploadFailure(error: unknown): string {
  if (isLimitError(error)) return msg('This file is too large.', { id: 'files.too-large' });
  if (isValidationError(error)) return msg('This type of file is not accepted.', { id: 'files.blocked' });
  return failureText(error);
}
