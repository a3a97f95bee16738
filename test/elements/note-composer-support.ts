import { expect, html } from '@open-wc/testing';

import '../../components/note-composer/note-composer.js';
import type { NoteComposer } from '../../components/note-composer/note-composer.element.js';
import {
  aCase,
  aProvider,
  aTenant,
  everything,
  find,
  type,
  untilFound,
  type ProviderOptions,
  type TestTenant,
} from './support.js';

export async function firstCaseId(tenant: TestTenant): Promise<string> {
  const { items } = await tenant.clientFor('administrator').cases.list({ sort: 'number' });
  return items[0]?.id ?? '';
}

export async function aComposer(options: Partial<ProviderOptions> & { readonly caseId?: string } = {}) {
  const tenant = options.tenant ?? (await aTenant([aCase()]));
  const caseId = options.caseId ?? (await firstCaseId(tenant));
  const provider = await aProvider(
    { ...options, tenant },
    html`<note-composer case-id=${caseId}></note-composer>`,
  );
  const composer = provider.querySelector('note-composer') as NoteComposer;
  expect(composer.shadowRoot, 'the composer is registered').to.exist;
  await untilFound(composer, 'textbox');
  return { tenant, caseId, provider, composer };
}

export const textField = (composer: Element) =>
  find<HTMLTextAreaElement>(composer, 'textbox') as HTMLTextAreaElement;
export const submitButton = (composer: Element) =>
  find<HTMLButtonElement>(
    composer,
    'button',
    /^(Add internal note|Reply to|Send reply)/,
  ) as HTMLButtonElement;

/** Writes a note that may be sent. */
export async function write(composer: NoteComposer, text: string): Promise<void> {
  type(textField(composer), text);
  const subject = find(composer, 'combobox', /Subject/);
  if (subject) type(subject, 'follow-up');
  await composer.updateComplete;
}

export async function addFiles(composer: NoteComposer, ...files: File[]): Promise<void> {
  const input = everything(composer).find((element) => element.matches('input[type=file]'));
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  (input as HTMLInputElement).files = transfer.files;
  input?.dispatchEvent(new Event('change'));
  await composer.updateComplete;
}

/** Passes requests on and counts the notes sent; while `cut`, notes do not arrive. */
export function aLine(matches = /\/notes$/) {
  const line = {
    sent: [] as string[],
    cut: false,
    fetch: (request: Request) => {
      const { pathname } = new URL(request.url);
      if (request.method === 'POST' && matches.test(pathname)) {
        line.sent.push(request.headers.get('idempotency-key') ?? '');
        if (line.cut) return Promise.reject(new TypeError('Failed to fetch'));
      }
      return fetch(request);
    },
  };
  return line;
}

export const notesOf = async (tenant: TestTenant, caseId: string) =>
  (await tenant.clientFor('administrator').notes.list(caseId)).items;

export function findProgress(composer: Element): Element | undefined {
  return everything(composer).find((element) => element.localName === 'progress');
}
