import type { CaseClient } from '../../../src/client/client.js';
import type { DraftKey } from '../../../src/client/drafts.js';
import type { FormValues } from './action-fields.js';

/** A piece of work that was begun, kept until it stands on the case what became of it. */
export interface ActionAttempt {
  readonly key: string;
  readonly label: string;
  readonly values: FormValues;
  readonly begunAt: string;
  /** What the host said of it; absent while that is not known. */
  readonly done?: DoneWork | undefined;
}

/** Work that the host has done, as it is to be written on the case. */
export interface DoneWork {
  readonly text: string;
  readonly reference?: string | undefined;
}

const patience = 1000;

/** Where an attempt is kept: for the one who made it, by case and action. */
function keyOf(caseId: string, actionId: string): DraftKey {
  return { kind: 'action', caseId, actionId };
}

/** What was begun and not finished; nothing where the browser keeps nothing. */
export async function loadAttempt(
  client: CaseClient,
  caseId: string,
  actionId: string,
): Promise<ActionAttempt | undefined> {
  try {
    return parseAttempt(await client.drafts.load(keyOf(caseId, actionId)));
  } catch {
    return undefined;
  }
}

/** Keeps it before it goes on; answers whether it is kept. A browser that does not answer holds nobody up. */
export async function keepAttempt(
  client: CaseClient,
  caseId: string,
  actionId: string,
  attempt: ActionAttempt,
): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patience)));
  const kept = client.drafts.save(keyOf(caseId, actionId), attempt).then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([kept, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** It stands on the case, or nothing was done: there is nothing more to keep. */
export async function dropAttempt(client: CaseClient, caseId: string, actionId: string): Promise<void> {
  await client.drafts.discard(keyOf(caseId, actionId)).catch(() => undefined);
}

function parseAttempt(kept: unknown): ActionAttempt | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const { key, label, values, begunAt, done } = kept as Partial<Record<keyof ActionAttempt, unknown>>;
  if (typeof key !== 'string' || typeof label !== 'string' || typeof begunAt !== 'string') return undefined;
  if (!values || typeof values !== 'object') return undefined;
  const held = Object.entries(values).filter(([, value]) => ['string', 'boolean'].includes(typeof value));
  return { key, label, begunAt, values: Object.fromEntries(held), done: parseDone(done) };
}

function parseDone(kept: unknown): DoneWork | undefined {
  if (!kept || typeof kept !== 'object') return undefined;
  const { text, reference } = kept as Partial<Record<keyof DoneWork, unknown>>;
  if (typeof text !== 'string') return undefined;
  return { text, ...(typeof reference === 'string' && { reference }) };
}
