/** One server-sent event, as far as the contract uses its fields. */
export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads server-sent events from text that comes in pieces cut anywhere (WHATWG HTML, "event stream interpretation").
 *
 * @returns Takes the next piece.
 */
export function createEventParser(onEvent: (event: ServerSentEvent) => void): (piece: string) => void {
  let rest = '';
  let id: string | undefined;
  let data: string[] = [];

  function takeLine(line: string): void {
    if (line === '') {
      if (data.length > 0) onEvent({ id, data: data.join('\n') });
      id = undefined;
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'id') id = value;
  }

  return (piece) => {
    // A carriage return at the end may be the first half of a line's end.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(takeLine);
  };
}
