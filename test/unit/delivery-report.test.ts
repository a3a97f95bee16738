import { Readable } from 'node:stream';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { bounceCommand } from '../../server/cli/bounce.js';
import { readDeliveryReport } from '../../server/notices/delivery-report.js';
import { aDeliveryReport, type Reported } from '../support/delivery-report.js';

const noticeId = `notice_${'4f0c'.repeat(8)}`;
const messageId = `<${noticeId}@larkwell.example>`;
const elsewhere = '<20260101.4A1B2C@mail.example.com>';

function read(message: string) {
  return readDeliveryReport(new TextEncoder().encode(message));
}
const report = (change: Partial<Reported> = {}) => read(aDeliveryReport({ messageId, ...change }));

describe('CU-17 a report that mail has come back', () => {
  it.each(['text/rfc822-headers', 'message/rfc822'] as const)(
    'is known by the message it returns as %s, and says why',
    async (returned) => {
      expect(await report({ returned })).toEqual({
        noticeId,
        reason: '550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown',
      });
    },
  );

  it('is known by the envelope where the way there has given the message another name', async () => {
    expect(await report({ messageId: elsewhere, envelopeId: noticeId })).toMatchObject({ noticeId });
  });

  it('says the code where nothing else was said', async () => {
    const bare = aDeliveryReport({ messageId }).replace(/Diagnostic-Code:.*\r\n.*\r\n/, '');
    expect(await read(bare)).toEqual({ noticeId, reason: '5.1.1' });
  });

  it('is read with bare line feeds, as programs are handed it', async () => {
    expect(await read(aDeliveryReport({ messageId }).replaceAll('\r', ''))).toMatchObject({ noticeId });
  });

  it.each(['delayed', 'delivered', 'relayed', 'expanded'])(
    'of mail that is %s changes nothing',
    async (action) => {
      expect(await report({ action })).toBeNull();
    },
  );

  it.each([
    ['mail of somebody else', aDeliveryReport({ messageId: elsewhere })],
    ['an id in other words', aDeliveryReport({ messageId: `<x${noticeId}@larkwell.example>` })],
    ['an answer that quotes the message', `From: ada@example.com\r\nIn-Reply-To: ${messageId}\r\n\r\nWhy?`],
    ['the message itself', `Message-ID: ${messageId}\r\nContent-Type: message/rfc822\r\n\r\nHello`],
    ['nothing at all', ''],
    ['no mail', '\0\0\0'.repeat(1000)],
  ])('is not %s', async (_, message) => {
    expect(await read(message)).toBeNull();
  });
});

describe('CU-17 casement bounce, while there is no database', () => {
  const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', CASEMENT_DATA: '/nonexistent' };
  const handedOver = (message: string) =>
    bounceCommand([], nowhere, Readable.from([new TextEncoder().encode(message)]));

  beforeEach(() => {
    for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has a report handed over again later', async () => {
    expect(await handedOver(aDeliveryReport({ messageId }))).toBe(75);
    expect(vi.mocked(console.error).mock.calls.flat().join()).toContain('ECONNREFUSED');
  });

  it.each([
    ['any other message', 'Subject: Out of office\r\n\r\nBack on Monday.'],
    ['what is too long for a report', aDeliveryReport({ messageId }) + 'x'.repeat(10_000_000)],
  ])('takes %s without a word to it', async (_, message) => {
    expect(await handedOver(message)).toBe(0);
    expect(console.error).not.toHaveBeenCalled();
  });
});
