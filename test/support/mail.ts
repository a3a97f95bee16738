import type { AddressInfo } from 'node:net';

import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** One message as it arrived. */
export interface ReceivedMail extends Email {
  /** The address it was handed over for. */
  readonly recipient: string;
  /** Where it would go back to. */
  readonly returnsTo: string;
  /** How a report of its delivery would call it (RFC 3461). */
  readonly envelopeId: string | undefined;
  header(name: string): string | undefined;
}

/** A real mail server in this process. */
export interface MailServer {
  readonly url: string;
  /** What has arrived so far, the oldest first. */
  readonly received: ReceivedMail[];
  /** Answers with this code for one address, or takes its mail again. */
  answer(address: string, code: number | undefined): void;
  /** How often it was asked to take something for an address. */
  asked(address: string): number;
  to(address: string): ReceivedMail[];
  close(): Promise<void>;
}

/** Opens a mail server on a free port. */
export async function openMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const codes = new Map<string, number>();
  const asked = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideDSN: false,
    onRcptTo({ address }, _session, done) {
      asked.set(address, (asked.get(address) ?? 0) + 1);
      const code = codes.get(address);
      if (code === undefined) return done();
      done(Object.assign(new Error(`no mailbox ${address} here`), { responseCode: code }));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
          for (const { address } of session.envelope.rcptTo) {
            const header = (name: string) =>
              mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
            const { mailFrom, dsn } = session.envelope;
            received.push({
              ...mail,
              recipient: address,
              returnsTo: mailFrom ? mailFrom.address : '',
              envelopeId: dsn?.envid ?? undefined,
              header,
            });
          }
          done();
        }, done);
      });
    },
  });
  // A client that leaves without a word is no failure of a test.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    answer(address, code) {
      if (code === undefined) codes.delete(address);
      else codes.set(address, code);
    },
    asked: (address) => asked.get(address) ?? 0,
    to: (address) => received.filter(({ recipient }) => recipient === address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
