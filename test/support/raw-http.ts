import { connect } from 'node:net';

/** A request as it goes over the line, byte by byte: nothing checks or mends it. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array | undefined;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty for a stream of events, of which only the beginning is waited for. */
  readonly text: string;
}

/** A request was not answered in time, or not in HTTP. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The bytes of a request. Header values are Latin-1, as HTTP has them. */
export function bytesOf({ method, target, headers, body }: RawRequest): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n`, 'utf8'),
    Buffer.from(lines, 'latin1'),
    Buffer.from('\r\n'),
  ]);
  return body === undefined ? head : Buffer.concat([head, body]);
}

/** Sends a request with a host and the length of its body, unless it brings them. */
export function sendRaw(port: number, request: RawRequest, timeoutMs = 60_000): Promise<RawAnswer> {
  const has = (name: string) => request.headers.some(([given]) => given.toLowerCase() === name);
  const headers: [string, string][] = [
    ...(has('host') ? [] : [['Host', `127.0.0.1:${port}`] as [string, string]]),
    ['Connection', 'close'],
    ...request.headers.map(([name, value]): [string, string] => [name, value]),
    ...(request.body === undefined || has('content-length') || has('transfer-encoding')
      ? []
      : [['Content-Length', String(request.body.byteLength)] as [string, string]]),
  ];
  return sendBytes(port, bytesOf({ ...request, headers }), timeoutMs);
}

/** Sends bytes and reads one answer. @throws {NoAnswer} when none comes in time. */
export function sendBytes(port: number, bytes: Uint8Array, timeoutMs = 60_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const timer = setTimeout(() => fail(`nothing within ${timeoutMs} ms`), timeoutMs);
    const finish = (done: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      done();
    };
    const fail = (why: string) =>
      finish(() => reject(new NoAnswer(`${why}: ${Buffer.concat(chunks).toString('latin1').slice(0, 300)}`)));
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (chunks.length < 4 && isEndless(Buffer.concat(chunks))) settle();
    });
    socket.on('end', settle);
    // A refusal may come before the whole body was taken: what was read until then counts.
    socket.on('error', settle);
    socket.on('close', settle);

    function settle() {
      const answer = parseAnswer(Buffer.concat(chunks));
      if (answer) finish(() => resolve(answer));
      else fail('not an answer');
    }
  });
}

function isEndless(bytes: Buffer): boolean {
  const head = headOf(bytes);
  return (
    head !== undefined && /^content-type: text\/event-stream/im.test(head.text) && bytes.length > head.length
  );
}

function headOf(bytes: Buffer): { readonly text: string; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  return end === -1 ? undefined : { text: bytes.subarray(0, end).toString('latin1'), length: end + 4 };
}

function parseAnswer(bytes: Buffer): RawAnswer | undefined {
  const head = headOf(bytes);
  if (head === undefined) return undefined;
  const [first = '', ...lines] = head.text.split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (status === 100) return parseAnswer(bytes.subarray(head.length));
  const headers = new Headers();
  for (const line of lines)
    headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim());
  const rest = bytes.subarray(head.length);
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunked(rest) : rest;
  const text = headers.get('content-type')?.startsWith('text/event-stream') ? '' : body.toString('utf8');
  return Number.isNaN(status) ? undefined : { status, headers, text };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) break;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (!(size > 0)) break;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}
