import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { aWorld } from './world.js';

const run = promisify(execFile);

it(
  'runs in Node: the example lists, creates, notes and closes through the built package',
  { timeout: 180_000 },
  async () => {
    // Does nothing when the build is up to date.
    await run(process.execPath, ['build.mjs']);
    const { url, tenant } = await aWorld();
    await tenant.aCase({ subject: 'Seen by the example' });
    const { stdout } = await run(process.execPath, [
      'demo/node-example.mjs',
      url,
      tenant.agent.token,
      'cust_aldermill',
    ]);
    expect(stdout.split('\n')).toEqual([
      'Signed in as Mara Lindqvist.',
      'Open cases: 1',
      expect.stringMatching(/^ {2}#\d+ Seen by the example$/),
      expect.stringMatching(/^Created #\d+\.$/),
      'Added a note.',
      expect.stringMatching(/^Closed #\d+: closed\.$/),
      '',
    ]);
    const failed = await run(process.execPath, ['demo/node-example.mjs', url, 'nobody']).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toMatch(/^unauthenticated: /);
  },
);
