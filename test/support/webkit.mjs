// Finds WebKitGTK's driver for the element tests, installs it where that is allowed, and drives it on a screen of its own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { WebdriverLauncher } from '@web/test-runner-webdriver';

import { canInstallFromDebian, installFromDebian, isProgram, onPath } from './programs.mjs';

/** @typedef {{ driver: string, screen: string }} WebKitPrograms */

const packages = ['webkit2gtk-driver', 'xvfb'];

/** @returns {WebKitPrograms | undefined} */
function findWebKit() {
  const driver = onPath(['WebKitWebDriver']).find(isProgram);
  const screen = onPath(['Xvfb']).find(isProgram);
  return driver && screen ? { driver, screen } : undefined;
}

/** What Debian would have to give. */
export function missingForWebKit() {
  return findWebKit() ? [] : packages;
}

/**
 * What WebKit needs to run, or why there is none.
 *
 * @returns {Promise<WebKitPrograms | { reason: string }>}
 */
export async function ensureWebKit() {
  // Safari's own driver sets neither language nor time zone, and wants an administrator's leave first.
  if (process.platform !== 'linux') return { reason: 'only WebKitGTK can be driven, and that runs on Linux' };
  let found = findWebKit();
  if (!found && canInstallFromDebian) {
    console.log(`browser: no WebKit found; installing the Debian packages ${packages.join(' ')}`);
    await installFromDebian(packages, 2);
    found = findWebKit();
  }
  if (found) return found;
  return {
    reason: canInstallFromDebian
      ? `the Debian packages ${packages.join(' and ')} could not be installed`
      : 'WebKitWebDriver and Xvfb are not both installed; Debian has them in webkit2gtk-driver and xvfb',
  };
}

/** Somewhere the driver may listen. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
      });
  });
}

/**
 * Makes C's locale answer to the name of British English: WebKit asks the C library for nothing but the name, and few
 * machines have the real one.
 *
 * @param {string} folder
 */
async function lendLocale(folder) {
  const plain = ['/usr/lib/locale/C.utf8', '/usr/lib/locale/C.UTF-8'].find((path) => existsSync(path));
  if (!plain) return {};
  await symlink(plain, join(folder, 'en_GB.UTF-8'));
  return { LOCPATH: folder };
}

/**
 * Spares the processor what no test looks at: frames of animations, and layers put together by a graphics card that is not
 * there.
 *
 * @param {string} folder
 */
async function drawLittle(folder) {
  await mkdir(join(folder, 'gtk-3.0'));
  await writeFile(join(folder, 'gtk-3.0/settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
  return { XDG_CONFIG_HOME: folder, WEBKIT_DISABLE_COMPOSITING_MODE: '1' };
}

/** WebKitGTK, with a screen and a driver of its own from the first session to the end. */
class WebKitLauncher extends WebdriverLauncher {
  concurrency = 1;
  /** @type {WebKitPrograms} */
  #programs;
  /** @type {{ port?: number }} */
  #address;
  /** @type {Set<import('node:child_process').ChildProcess>} */
  #children = new Set();
  /** @type {string | undefined} */
  #folder;
  /** @type {Promise<void> | undefined} */
  #started;

  /** @param {WebKitPrograms} programs */
  constructor(programs) {
    /** @type {ConstructorParameters<typeof WebdriverLauncher>[0]} */
    const options = {
      hostname: '127.0.0.1',
      path: '/',
      capabilities: { browserName: 'MiniBrowser', 'wdio:enforceWebDriverClassic': true },
      connectionRetryTimeout: 60_000,
      connectionRetryCount: 0,
    };
    super(options);
    this.#programs = programs;
    this.#address = options;
    process.once('exit', () => this.#end());
  }

  /**
   * @override
   * @type {WebdriverLauncher['initialize']}
   */
  async initialize(config) {
    await super.initialize(config);
    this.name = 'WebKit';
  }

  /**
   * @override
   * @type {WebdriverLauncher['startSession']}
   */
  async startSession(id, url) {
    // Among hundreds of windows one may never open; a driver that waits for it opens no other.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await (this.#started ??= this.#start());
        return await super.startSession(id, url);
      } catch (error) {
        if (attempt === 3) throw error;
        await this.stop();
      }
    }
  }

  /**
   * Leaves the window with its page. One window for all of them grows, and its databases answer ever more slowly; one for
   * eight stopped within a page now and then, on a busy machine.
   *
   * @override
   * @type {WebdriverLauncher['stopSession']}
   */
  async stopSession(id) {
    const result = await super.stopSession(id);
    await super.stop();
    return result;
  }

  /** @override */
  async stop() {
    await super.stop();
    this.#end();
    this.#started = undefined;
    // What failed to open would be waited for again.
    Reflect.set(this, '__managerPromise', undefined);
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  async #start() {
    this.#folder = await mkdtemp(join(tmpdir(), 'casement-webkit-'));
    const display = await this.#openScreen();
    const port = await freePort();
    const { LC_ALL: _, ...env } = process.env;
    this.#spawn(this.#programs.driver, [`--port=${port}`], {
      ...env,
      ...(await lendLocale(this.#folder)),
      ...(await drawLittle(this.#folder)),
      DISPLAY: display,
      LANG: 'en_GB.UTF-8',
      LC_ALL: 'en_GB.UTF-8',
      TZ: 'Europe/Rome',
      NO_AT_BRIDGE: '1',
    });
    this.#address.port = port;
    await answering(port);
  }

  /** Starts a screen that only exists in memory, and answers its name. */
  async #openScreen() {
    const child = this.#spawn(
      this.#programs.screen,
      ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
      process.env,
    );
    const chosen = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
    let number = '';
    for await (const text of chosen.setEncoding('utf8')) {
      number += text;
      if (number.endsWith('\n')) return `:${number.trim()}`;
    }
    throw new Error('Xvfb ended before it had a screen.');
  }

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} env
   */
  #spawn(command, args, env) {
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#children.add(child);
    child.on('error', (error) => console.error(`browser: ${error.message}`));
    child.on('exit', () => this.#children.delete(child));
    return child;
  }

  #end() {
    for (const child of this.#children) child.kill('SIGKILL');
  }
}

/**
 * Waits until the driver takes sessions.
 *
 * @param {number} port
 */
async function answering(port) {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    const ready = await fetch(`http://127.0.0.1:${port}/status`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
  }
  throw new Error('WebKitWebDriver did not answer within 20 seconds.');
}

/** @param {WebKitPrograms} programs */
export function webkitLauncher(programs) {
  return new WebKitLauncher(programs);
}
