import type { DemoServer } from './demo-server.js';

/** Adds an open case of Eleanor Finch as one of the cast, through the server's own door; answers its id. */
export async function addCase({ url }: DemoServer, as: string, subject: string): Promise<string> {
  const token = await answerOf<{ token: string }>(`${url}/demo/token?as=${as}`);
  const { id } = await answerOf<{ id: string }>(`${url}/v1/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token.token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({
      customerId: 'c-1018',
      subject,
      description: 'Written for a test.',
      type: 'billing',
      contactMethod: 'phone',
      priority: 'normal',
    }),
  });
  return id;
}

async function answerOf<T>(address: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(address, init);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
