import { msg } from '@lit/localize';
import type { LitElement } from 'lit';
import * as z from 'zod/mini';

import type { CaseClient } from '../../../src/client/client.js';
import { settingsSchema, type Settings, type SettingsChange } from '../../../src/contract/settings.js';
import type { Sentence } from '../field-errors.js';
import { personName } from '../person.js';
import type { Move } from './settings-moves.js';
import { SettingsSaveEvent } from './settings.events.js';

/** Where a record that is edited is kept: how a change is sent, guarded by the version that was read. */
export interface RecordStore<R, C> {
  /** Tells the page that `fields` are about to be sent; `false` keeps them from it. */
  readonly announce?: (host: LitElement, fields: readonly string[]) => boolean;
  readonly write: (
    client: CaseClient,
    change: C,
    guard: { readonly version: string; readonly idempotencyKey: string },
  ) => Promise<R>;
  /** The record that came with a refusal, or `undefined` when it is not of its shape. */
  readonly read: (current: unknown) => R | undefined;
  /** Who changed the record last, as far as that can be told. */
  readonly lastMove: (client: CaseClient) => Promise<Move>;
  /** That it is stored. */
  readonly saved: Sentence;
}

/** The settings of the tenant. */
export const settingsStore: RecordStore<Settings, SettingsChange> = {
  announce: (host, fields) => host.dispatchEvent(new SettingsSaveEvent(fields)),
  write: (client, change, { version }) => client.settings.update(change, { version }),
  read: (current) => {
    const settings = z.safeParse(settingsSchema, current);
    return settings.success ? settings.data : undefined;
  },
  /** They do not say, their history does. */
  lastMove: async (client) => {
    try {
      const { items } = await client.settings.changes({ limit: 1 });
      const last = items[0];
      return { by: last?.by ? personName(last.by) : undefined, at: last?.at ?? undefined };
    } catch {
      // Only the name is missing then: that the settings moved is said all the same.
      return { by: undefined, at: undefined };
    }
  },
  saved: () => msg('The settings are saved.', { id: 'settings.saved' }),
};
