import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** Where the data of a first start is, for the workers. */
const prepared = 'CASEMENT_E2E_DATA';

/** The built demonstration in a process and a data folder of its own. */
export class DemoServer {
  readonly url: string;
  readonly #data: string;
  readonly #port: number;
  readonly #program: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(data: string, port: number, program: readonly string[]) {
    this.#data = data;
    this.#port = port;
    this.#program = program;
    this.url = `http://localhost:${port}`;
  }

  /** As a second start finds it, with the sample data that the first one of this run made. */
  static async start(): Promise<DemoServer> {
    const from = process.env[prepared];
    if (from === undefined) throw new Error('The data of the demonstration was not prepared.');
    return DemoServer.#open({ data: await copyOf(from), program: ['dist/demo/start.js'] });
  }

  /** As the first `npm start -- --empty` leaves it. */
  static async startEmpty(): Promise<DemoServer> {
    return DemoServer.#open({ data: await newFolder(), program: ['dist/demo/start.js', '--empty'] });
  }

  /**
   * Starts the demonstration for the first time and stops it; `start` copies its data. To make a cluster, its tables and
   * the sample data takes several times as long. Answers what removes it.
   */
  static async prepare(): Promise<() => Promise<void>> {
    const data = await newFolder();
    const server = await DemoServer.#open({ data, program: ['dist/demo/start.js'] });
    await server.#end('SIGTERM');
    // A database that goes on would be everybody's: each copy would find it running.
    if (server.#process?.exitCode !== 0) throw new Error('The demonstration was not stopped in good order.');
    process.env[prepared] = data;
    return () => server.stop();
  }

  /** Its pages on a case system of somebody else's, as `npm run start:on` and `npm run start:third-party` start them. */
  static async startOn(backend: 'mapped-rest' | 'request-tracker' | 'zoho-desk'): Promise<DemoServer> {
    const program =
      backend === 'mapped-rest'
        ? ['dist/demo/third-party-api/start.js']
        : ['--import', 'tsx', 'test/e2e/support/start-on.ts', backend, 'c-1018'];
    return DemoServer.#open({ data: await newFolder(), program });
  }

  static async #open({ data, program }: { data: string; program: string[] }): Promise<DemoServer> {
    const server = new DemoServer(data, await freePort(), program);
    await server.start();
    return server;
  }

  /** Starts the process and waits until it says where it listens. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, this.#program, {
      cwd: root,
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    for await (const line of createInterface({ input: child.stdout })) {
      said += `${line}\n`;
      if (line.includes(this.url)) {
        child.stdout.resume();
        return;
      }
    }
    throw new Error(`The demonstration did not start:\n${said}`);
  }

  /** Ends the process the hard way, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends the process and forgets its data. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }

  /** Runs `casement COMMAND …` on the same data, beside the running server; answers what it printed. */
  async casement(...command: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [join(root, 'dist/server/main.js'), ...command], {
      cwd: root,
      env: this.#environment(),
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout;
  }

  #environment(): NodeJS.ProcessEnv {
    const { DATABASE_URL: _elsewhere, ...environment } = process.env;
    return { ...environment, CASEMENT_DATA: this.#data, PORT: String(this.#port) };
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }
}

async function newFolder(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'casement-e2e-'));
  // Closed to others, the database of a test run by root would be kept elsewhere and stay there.
  await chmod(data, 0o711);
  return data;
}

/** By the system's own program: the database of a test run by root belongs to another user, and stays theirs. */
async function copyOf(folder: string): Promise<string> {
  const data = await newFolder();
  await run('cp', ['-a', `${folder}/.`, data]);
  return data;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No free port.');
  return address.port;
}
