import { setImmediate as turn } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { whenAborted } from '../../server/when-aborted.js';

const warnings: Error[] = [];
const warned = (warning: Error) => void warnings.push(warning);

afterEach(() => {
  process.off('warning', warned);
});

describe('waiting for a signal', () => {
  it('is open to any number, without a warning', async () => {
    process.on('warning', warned);
    const controller = new AbortController();
    let called = 0;
    for (let index = 0; index < 100; index += 1) whenAborted(controller.signal, () => (called += 1));
    await turn();
    expect(warnings).toEqual([]);
    controller.abort();
    expect(called).toBe(100);
  });

  it('ends with what it answers', () => {
    const controller = new AbortController();
    const called: string[] = [];
    const forget = whenAborted(controller.signal, () => called.push('forgotten'));
    whenAborted(controller.signal, () => called.push('kept'));
    forget();
    controller.abort();
    expect(called).toEqual(['kept']);
  });

  it('is over at once when it has been aborted', () => {
    const called: string[] = [];
    whenAborted(AbortSignal.abort(), () => called.push('now'));
    expect(called).toEqual(['now']);
  });
});
