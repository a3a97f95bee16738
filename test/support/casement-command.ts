import { format } from 'node:util';

import { vi } from 'vitest';

import { runCommand } from '../../server/cli/commands.js';
import type { Environment, Finished } from './casement-program.js';

/**
 * Runs a command of `casement` to its end in this process, one at a time: what it prints and the code it gives are those
 * of the program, whose start takes longer than most commands do.
 */
export async function command(args: readonly string[], environment: Environment = {}): Promise<Finished> {
  const { NODE_OPTIONS: _, DATABASE_URL: __, ...inherited } = process.env;
  const printed = { log: '', error: '' };
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...words: unknown[]) => {
      printed[name] += `${format(...words)}\n`;
    }),
  );
  try {
    const code = await runCommand(args, { ...inherited, ...environment });
    return { code, out: printed.log, err: printed.error };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
