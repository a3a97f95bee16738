import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request looked like to the server. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** How one request is answered. */
export type Reply = (response: ServerResponse, request: SeenRequest) => void;

/** A server that behaves as badly as it is told: only for how the transport bears it. */
export interface FlakyServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

/** Answers each request by the next reply; the last one is for all that follow. */
export async function flakyServer(...replies: readonly Reply[]): Promise<FlakyServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const reply = replies[Math.min(seen.length, replies.length - 1)];
      seen.push({ method, url, headers, body });
      reply?.(response, { method, url, headers, body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers problem details. */
export function problem(
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Reply {
  const body = { type: `urn:casement:problem:${code}`, title: code, status, code, ...more };
  return json(status, body, { 'content-type': 'application/problem+json', ...headers });
}

/** Breaks the connection without an answer. */
export const drop: Reply = (response) => void response.socket?.destroy();

/** Breaks the connection in the middle of the answer. */
export const breakOff: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"id":');
  setImmediate(() => response.socket?.destroy());
};

/** Never answers. */
export const hang: Reply = () => {};

/** A person as the contract has it. */
export const aPerson = { id: 'person_1', name: 'Ada', kind: 'agent' } as const;
