import type { CaseSummary } from '../../src/contract/cases.js';
import { exportColumns, type CaseExportQuery, type ExportColumn } from '../../src/contract/export.js';
import type { Choice, Settings } from '../../src/contract/settings.js';
import { BackendError } from '../backend-error.js';
import type { CallContext, CaseBackend } from '../backend.js';
import { contentDisposition } from '../middleware/content-disposition.js';
import { fieldError } from '../middleware/field-errors.js';
import { exportWords, type ExportWords } from './export-words.js';

const usualColumns = exportColumns.filter((name) => name !== 'id' && name !== 'organisation');
const batch = 100;

/**
 * The cases of a list as a file that spreadsheets read, page after page of that list as the reader takes it: what the
 * list hides is not in it, and no more than a page is held.
 *
 * @throws {BackendError} as the list does, before the first byte; later the answer breaks off.
 */
export async function exportCases(
  backend: CaseBackend,
  { columns, timeZone, ...filters }: CaseExportQuery,
  acceptLanguage: string | null,
  context: CallContext,
): Promise<Response> {
  const clock = clockOf(timeZone ?? 'UTC');
  const { settings, permissions, capabilities } = await backend.getSession(context);
  if (capabilities.export !== true) throw new BackendError('capability_missing');
  const verdict = permissions['exportCases'];
  if (!verdict?.allowed) {
    throw new BackendError('forbidden', {
      rule: verdict?.rule ?? 'cases.export',
      detail: verdict?.reason ?? '',
    });
  }
  const readPage = (cursor: string | undefined) =>
    backend.listCases({ ...filters, limit: batch, ...(cursor !== undefined && { cursor }) }, context);
  const first = await readPage(undefined);

  const names = [...new Set(columns?.length ? columns : usualColumns)];
  const words = exportWords(acceptLanguage);
  const cells = cellsOf(settings, words, clock);
  const lines = (items: readonly CaseSummary[]) =>
    items.map((item) => line(names.map((name) => cells[name](item)))).join('');
  const encoder = new TextEncoder();
  let next = first.next;
  const content = new ReadableStream<Uint8Array>({
    start(controller) {
      // The mark by which spreadsheets know UTF-8.
      const head = `\uFEFF${line(names.map((name) => words.columns[name]))}`;
      controller.enqueue(encoder.encode(head + lines(first.items)));
    },
    async pull(controller) {
      if (next === null) return controller.close();
      const page = await readPage(next);
      next = page.next;
      controller.enqueue(encoder.encode(lines(page.items)));
    },
  });
  const today = clock(new Date()).slice(0, 10);
  return new Response(content, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': contentDisposition(`casement-cases-${today}.csv`),
    },
  });
}

type Clock = (moment: Date) => string;

/** `2025-03-01 09:30`, as the clocks of a time zone say. */
function clockOf(timeZone: string): Clock {
  const parts = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    const format = new Intl.DateTimeFormat('en-GB', { ...parts, hourCycle: 'h23', timeZone });
    return (moment) => {
      const named = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
      const of = (type: Intl.DateTimeFormatPartTypes): string => named.get(type) ?? '';
      return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
    };
  } catch {
    throw new BackendError('validation_failed', { errors: [fieldError('timeZone', 'invalid')] });
  }
}

function cellsOf(
  settings: Settings,
  words: ExportWords,
  clock: Clock,
): Readonly<Record<ExportColumn, (item: CaseSummary) => string>> {
  const label = (list: readonly Choice[], id: string | null | undefined): string =>
    list.find((choice) => choice.id === id)?.label ?? id ?? '';
  const moment = (at: string | null): string => {
    const time = new Date(at ?? '');
    return Number.isNaN(time.getTime()) ? (at ?? '') : clock(time);
  };
  const person = (of: CaseSummary['assignee']): string => (of?.former ? words.formerUser : (of?.name ?? ''));
  return {
    id: ({ id }) => id,
    number: ({ number }) => String(number),
    subject: ({ subject }) => subject,
    status: ({ status }) => words.statuses[status] ?? status,
    customer: ({ customer }) => customer?.name ?? '',
    organisation: ({ organisation }) => organisation?.name ?? '',
    type: ({ type }) => label(settings.caseTypes, type),
    priority: ({ priority }) => label(settings.priorities, priority),
    deadline: ({ deadline }) => deadline ?? '',
    contactMethod: ({ contactMethod }) => label(settings.contactMethods, contactMethod),
    tags: ({ tags = [] }) => tags.join('; '),
    requester: ({ requester }) => person(requester),
    assignee: ({ assignee }) => person(assignee),
    department: ({ department }) => department?.name ?? '',
    createdBy: ({ createdBy }) => person(createdBy),
    created: ({ createdAt }) => moment(createdAt),
    updated: ({ updatedAt }) => moment(updatedAt),
    replies: ({ replyCount }) => String(replyCount),
  };
}

/** One line of RFC 4180. */
function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** A text that a spreadsheet would run as a formula is made plain text; what would end a cell is quoted. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
