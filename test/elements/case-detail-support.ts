import { expect, html } from '@open-wc/testing';

import '../../components/case-detail/case-detail.js';
import type { CaseDetail } from '../../components/case-detail/case-detail.element.js';
import type { Case } from '../../src/contract/cases.js';
import type { SeedCase } from '../../server/engine/import-types.js';
import type { SamplePerson } from '../support/sample-tenant.js';
import {
  aCase,
  aProvider,
  aTenant,
  everything,
  findAll,
  nameOf,
  textOf,
  untilFound,
  type ProviderOptions,
  type TestTenant,
} from './support.js';
import { waitUntil } from './wait-until.js';

export type Options = Partial<ProviderOptions> & {
  readonly caseId?: string;
  /** Of the detail, in pixels: with less than its history needs, that scrolls by itself. */
  readonly height?: number;
};

export async function firstCaseId(tenant: TestTenant): Promise<string> {
  const { items } = await tenant.clientFor('administrator').cases.list({ sort: 'number' });
  return items[0]?.id ?? '';
}

/** A detail of the only case of a tenant, not waited for. */
export async function aFrame({ height, ...options }: Options = {}) {
  const tenant = options.tenant ?? (await aTenant([aCase()]));
  const caseId = options.caseId ?? (await firstCaseId(tenant));
  const provider = await aProvider(
    { ...options, tenant },
    html`<case-detail
      case-id=${caseId}
      style=${height === undefined ? '' : `block-size: ${height}px`}
    ></case-detail>`,
  );
  const detail = provider.querySelector('case-detail') as CaseDetail;
  expect(detail.shadowRoot, 'the detail is registered').to.exist;
  return { tenant, caseId, provider, detail };
}

export async function aDetail(options: Options = {}) {
  const frame = await aFrame(options);
  await untilFound(frame.detail, 'heading', /./);
  await waitUntil(() => frame.detail.shadowRoot?.querySelector('case-timeline'));
  return frame;
}

export const detailOf = async (over: Partial<SeedCase>, options: Options = {}) =>
  aDetail({ ...options, tenant: await aTenant([aCase(over)]) });

/** The value of a fact, or `undefined` when there is no such fact. */
export function factOf(detail: CaseDetail, name: string): string | undefined {
  const term = everything(detail).find((element) => element.localName === 'dt' && textOf(element) === name);
  return term?.nextElementSibling ? textOf(term.nextElementSibling) : undefined;
}

/** Answers a record as another backend would send it. */
export function answering<T>(path: RegExp, change: (body: T) => unknown) {
  return async (request: Request): Promise<Response> => {
    const answer = await fetch(request);
    if (request.method !== 'GET' || !path.test(new URL(request.url).pathname) || !answer.ok) return answer;
    return Response.json(change((await answer.json()) as T), { headers: answer.headers });
  };
}

export const aChangedCase = (change: Partial<Record<keyof Case, unknown>>) =>
  answering<Case>(/^\/v1\/cases\/[^/]+$/, (record) => ({ ...record, ...change }));

export const pencils = (detail: CaseDetail) =>
  findAll(detail, 'button', /^(Close case|Reopen case|Add note|Edit case|Change status|Write a note)$/)
    .filter((button) => button.getAttribute('aria-haspopup') === 'dialog')
    .map((button) => nameOf(button));

export const manyNotes: NonNullable<SeedCase['entries']> = Array.from({ length: 40 }, (_, index) => ({
  kind: 'note' as const,
  by: 'person_mara',
  at: new Date(Date.UTC(2025, 1, 11, 8, index)).toISOString(),
  subject: 'follow-up',
  text: `Entry number ${index + 1}.`,
}));

export const addNote = (tenant: TestTenant, caseId: string, text: string, who: SamplePerson = 'otherAgent') =>
  tenant.clientFor(who).notes.create(caseId, { visibility: 'public', subject: 'information', text });
