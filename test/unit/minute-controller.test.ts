import type { ReactiveController } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { describeDeadline } from '../../components/shared/format.js';
import { MinuteController } from '../../components/shared/minute-controller.js';

const zoneBefore = process.env['TZ'];

/** What an element draws, and when it was asked to. */
function aHost(deadline: string) {
  const drawn: string[] = [];
  let controller: ReactiveController | undefined;
  new MinuteController({
    addController: (added) => void (controller = added),
    removeController: () => undefined,
    requestUpdate: () => void drawn.push(describeDeadline(deadline, { locale: 'en-GB' }).text),
    updateComplete: Promise.resolve(true),
  });
  return {
    drawn,
    connect: () => controller?.hostConnected?.(),
    leave: () => controller?.hostDisconnected?.(),
  };
}

// Node has no page: only what the controller asks of it.
const page = Object.assign(new EventTarget(), { hidden: false });

describe('what changes with the time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', page);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    process.env['TZ'] = zoneBefore ?? 'UTC';
  });

  for (const [zone, almostMidnight] of [
    ['Pacific/Auckland', '2026-09-27T10:59:12.345Z'],
    ['America/New_York', '2026-11-02T04:59:12.345Z'],
    ['Europe/Rome', '2026-03-29T21:59:12.345Z'],
    ['Asia/Kathmandu', '2026-05-05T18:14:12.345Z'],
  ] as const)
    it(`is drawn again at the reader's own midnight in ${zone}`, () => {
      process.env['TZ'] = zone;
      vi.setSystemTime(new Date(almostMidnight));
      const day = new Date(Date.now() + 60_000);
      const pad = (value: number) => String(value).padStart(2, '0');
      const { drawn, connect, leave } = aHost(
        `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`,
      );
      connect();
      vi.advanceTimersByTime(47_654);
      expect(drawn).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(drawn).toEqual(['Due today']);
      vi.advanceTimersByTime(24 * 3_600_000 - 1);
      expect(drawn.at(-1)).toBe('Due today');
      vi.advanceTimersByTime(1);
      expect(drawn.at(-1)).toBe('1 day overdue');
      expect(drawn).toHaveLength(24 * 60 + 1);
      leave();
    });

  it('is drawn again when a page that was not looked at is looked at', () => {
    const { drawn, connect, leave } = aHost('2026-11-22');
    connect();
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(drawn).toHaveLength(0);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    expect(drawn).toHaveLength(1);
    leave();
  });

  it('is not drawn any more once it has left the page', () => {
    const { drawn, connect, leave } = aHost('2026-11-22');
    connect();
    leave();
    vi.advanceTimersByTime(600_000);
    page.dispatchEvent(new Event('visibilitychange'));
    expect(drawn).toEqual([]);
    connect();
    vi.advanceTimersByTime(60_000);
    expect(drawn).toHaveLength(1);
    leave();
  });
});
