import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to PostgreSQL that can be cut at the worst moment. */
export interface PostgresProxy {
  /** Connection string that leads through here. */
  readonly url: string;
  /** The next `commit` does not reach the database, or its answer does not come back; every connection is cut then. */
  cutNextCommit(when: 'before' | 'after'): void;
  close(): Promise<void>;
}

/** Stands before a PostgreSQL that listens on a socket or a port. */
export async function proxyTo(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const folder = target.searchParams.get('host');
  const open = new Set<Socket>();
  let cut: 'before' | 'after' | undefined;

  const server = createServer((client) => {
    const upstream = folder
      ? connect(`${folder}/.s.PGSQL.${target.port}`)
      : connect(Number(target.port), target.hostname);
    let silenced = false;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (cut !== undefined && /\0?commit\0/i.test(chunk.toString('latin1'))) {
        const when = cut;
        cut = undefined;
        if (when === 'before') return open.forEach((socket) => socket.destroy());
        silenced = true;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      // The answer says that the commit has happened, and nobody hears it.
      if (silenced) open.forEach((socket) => socket.destroy());
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `postgres://${target.username}@127.0.0.1:${port}${target.pathname}`,
    cutNextCommit: (when) => void (cut = when),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        open.forEach((socket) => socket.destroy());
      }),
  };
}
