import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { signToken, type TokenClaims } from '../../server/sign-token.js';
import { programEnv } from './program-env.js';
import { tenant } from './world.js';

const root = join(import.meta.dirname, '../..');
const secret = 'a secret for measurements on this machine alone';

/** The server as a team runs it: the built program, in a process of its own. */
export interface BenchServer {
  readonly url: string;
  sign(claims: Partial<TokenClaims>): Promise<string>;
  /** Resident memory in KiB, where the system tells it. */
  memory(): Promise<number | undefined>;
  stop(): Promise<void>;
}

export async function startBenchServer(databaseUrl: string): Promise<BenchServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'dist/server/main.js'), 'serve'], {
    env: {
      ...programEnv(),
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      CASEMENT_JWT_SECRET: secret,
      // One client asks for everybody here.
      ...unlimited,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  return {
    url,
    sign: (claims) =>
      signToken(
        { sub: 'bench-agent', tenant, kind: 'agent', roles: ['system-administrator'], ...claims },
        { secret, expiresIn: '4h' },
      ),
    memory: () => residentMemory(child.pid),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

export const unlimited = {
  CASEMENT_LIMIT_READS: '0',
  CASEMENT_LIMIT_WRITES: '0',
  CASEMENT_LIMIT_UPLOADS: '0',
  CASEMENT_LIMIT_STREAMS: '0',
  CASEMENT_LIMIT_ADDRESS: '0',
  CASEMENT_STREAMS_PER_ACTOR: '0',
};

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    const ready = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await delay(100);
  }
  throw new Error('The server was not ready within a minute.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function residentMemory(pid: number | undefined): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  } catch {
    return undefined;
  }
}
