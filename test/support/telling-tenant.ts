import type { Settings } from '../../src/contract/settings.js';
import type { Problem } from '../../src/contract/problem.js';
import { aTenant, type Answer, type Caller, type TestTenant } from './app.js';
import type { ReceivedMail } from './mail.js';
import { moreToShareWith } from './sharing.js';
import type { TellingApp } from './telling-app.js';

/** A tenant whose people have addresses of its own, so that each test looks at its own mail. */
export interface TellingTenant {
  readonly tenant: TestTenant;
  /** In the addresses of this tenant, and in no other. */
  readonly mark: string;
  readonly at: (who: string) => string;
  readonly mailTo: (who: string) => ReceivedMail[];
  /** Signs in as `person_WHO` with an address, once, so that it is known. */
  readonly somebody: (who: string, kind: 'agent' | 'customer', more?: object) => Promise<Caller>;
  readonly setNotices: (notices: object, by?: Caller) => Promise<Answer<Settings & Problem>>;
}

const names: Readonly<Record<string, string>> = {
  pia: 'Pia Moreau',
  leo: 'Leo Aske',
  nora: 'Nora Quist',
  yuki: 'Yuki Tanabe',
};

export async function aTellingTenant(world: TellingApp): Promise<TellingTenant> {
  const mark = crypto.randomUUID().slice(0, 8);
  const tenant = await aTenant(world, moreToShareWith);
  const at = (who: string) => `${who}.${mark}@example.com`;
  return {
    tenant,
    mark,
    at,
    mailTo: (who) => world.mail.to(at(who)),
    async somebody(who, kind, more = {}) {
      const claims = { sub: `person_${who}`, name: names[who] ?? who, kind, email: at(who), ...more };
      const caller = await tenant.as(claims);
      await caller.get('/v1/session');
      return caller;
    },
    async setNotices(notices, by = tenant.administrator) {
      const { body } = await tenant.administrator.get<Settings>('/v1/settings');
      return by.patch('/v1/settings', { notices }, body);
    },
  };
}
