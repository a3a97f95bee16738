import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';

/** What a key does in the table. */
export type KeyAct =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'take'
  | 'complete'
  | 'cancel'
  | 'forward'
  | 'message'
  | 'notes'
  | 'undo'
  | 'help';

const keys: Readonly<Record<string, KeyAct>> = {
  ArrowDown: 'next',
  j: 'next',
  ArrowUp: 'previous',
  k: 'previous',
  Home: 'first',
  End: 'last',
  t: 'take',
  c: 'complete',
  x: 'cancel',
  f: 'forward',
  i: 'message',
  n: 'notes',
  z: 'undo',
  '?': 'help',
};

const busy = 'input, textarea, select, [contenteditable], dialog, [role=alertdialog]';
const everywhere: readonly KeyAct[] = ['undo', 'help'];

/** What a key asks for; nothing while something is typed or asked, or where the key belongs to the browser. */
export function keyAct(event: KeyboardEvent): KeyAct | undefined {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  if (event.defaultPrevented || event.isComposing || (event.repeat && !/^(Arrow|[jk]$)/.test(key)))
    return undefined;
  if (altKey || !(target instanceof Element) || target.closest(busy)) return undefined;
  if (ctrlKey || metaKey) return key === 'z' && !event.shiftKey ? 'undo' : undefined;
  const act = keys[key];
  return act && (everywhere.includes(act) || target.closest('tbody')) ? act : undefined;
}

/** The keys and what they do, as they are shown. */
export function renderKeys(): TemplateResult {
  const rows: readonly (readonly [keys: readonly string[], words: string])[] = [
    [['J', '↓'], msg('Next row', { id: 'inbox-table.key.next' })],
    [['K', '↑'], msg('Previous row', { id: 'inbox-table.key.previous' })],
    [['T'], msg('Take', { id: 'inbox-table.take' })],
    [['C'], msg('Complete', { id: 'inbox-table.complete' })],
    [['F'], msg('Forward', { id: 'inbox-table.forward' })],
    [['X'], msg('Cancel entry', { id: 'inbox-table.cancel' })],
    [['I'], msg('Message', { id: 'inbox.field.message' })],
    [['N'], msg('Maintain case', { id: 'inbox-table.notes' })],
    [['Z'], msg('Undo', { id: 'share.undo' })],
    [['?'], msg('Show these keys', { id: 'inbox-table.key.help' })],
  ];
  return html`<dl>
    ${rows.map(
      ([names, words]) =>
        html`<div>
          <dt>${names.map((name) => html`<kbd>${name}</kbd> `)}</dt>
          <dd>${words}</dd>
        </div>`,
    )}
  </dl>`;
}
