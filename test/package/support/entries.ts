import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inject } from 'vitest';

/** What a name in `exports` leads to. */
export interface Entry {
  /** As somebody imports it: `casement/case-list`. */
  readonly specifier: string;
  readonly file: string;
}

/** The entries a name with a star stands for; at least one. */
async function expand({ specifier, file }: Entry): Promise<readonly Entry[]> {
  const [start = '', end] = file.split('*');
  if (end === undefined) return [{ specifier, file }];
  const folder = join(inject('consumer').folder, 'node_modules/casement', start);
  const names = (await readdir(folder)).filter((name) => name.endsWith(end));
  if (names.length === 0) throw new Error(`No file is what "${specifier}" exports.`);
  return names.map((name) => ({
    specifier: specifier.replace('*', name.slice(0, -end.length)),
    file: start + name,
  }));
}

/** Every name the package exports that is a module to run, and those that are data or types. */
export async function readEntries(): Promise<{
  readonly modules: readonly Entry[];
  readonly data: readonly Entry[];
  readonly types: readonly Entry[];
}> {
  const text = await readFile(join(inject('consumer').folder, 'node_modules/casement/package.json'), 'utf8');
  const { exports } = JSON.parse(text) as { exports: Record<string, string | Record<string, string>> };
  const named = Object.entries(exports).map(([name, target]) => ({
    specifier: join('casement', name).replaceAll('\\', '/'),
    file: typeof target === 'string' ? target : (target['default'] ?? target['types'] ?? ''),
  }));
  const entries = (await Promise.all(named.map((entry) => expand(entry)))).flat();
  return {
    modules: entries.filter(({ file }) => file.endsWith('.js')),
    data: entries.filter(({ file }) => file.endsWith('.json')),
    types: entries.filter(({ file }) => file.endsWith('.d.ts')),
  };
}
