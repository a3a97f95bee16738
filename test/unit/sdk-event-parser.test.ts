import { describe, expect, it } from 'vitest';
import { createParser } from 'eventsource-parser';

import { createEventParser, type ServerSentEvent } from '../../src/http/event-parser.js';

const stream = [
  ': connected\n\n',
  'id: 7-1\nevent: case.created\ndata: {"kind":"case.created"}\n\n',
  'data: two\r\ndata:lines\r\n\r\n',
  'id: 7-2\rdata: é ✓\r\r',
  'event: nothing\n\nid\ndata\n\n',
  'data: never ended',
].join('');

function eventsIn(pieces: readonly string[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  const feed = createEventParser((event) => events.push(event));
  pieces.forEach(feed);
  return events;
}

describe('createEventParser', () => {
  it('reads what the reference parser reads', () => {
    const expected: ServerSentEvent[] = [];
    createParser({ onEvent: ({ id, data }) => expected.push({ id, data }) }).feed(stream);
    expect(eventsIn([stream])).toEqual(expected);
    expect(expected).toHaveLength(4);
  });

  it('reads the same wherever the text is cut', () => {
    const whole = eventsIn([stream]);
    expect(eventsIn([...stream])).toEqual(whole);
    for (let cut = 1; cut < stream.length; cut++)
      expect(eventsIn([stream.slice(0, cut), stream.slice(cut)])).toEqual(whole);
  });
});
