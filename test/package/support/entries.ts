import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inject } from 'vitest';

/** What a name in `exports` leads to. */
export interface Entry {
  /** As somebody imports it: `casement/case-list`. */
  readonly specifier: string;
  readonly file: string;
}

/** Every name the package exports that is a module to run, and those that are data or types. */
export async function readEntries(): Promise<{
  readonly modules: readonly Entry[];
  readonly data: readonly Entry[];
  readonly types: readonly Entry[];
}> {
  const text = await readFile(join(inject('consumer').folder, 'node_modules/casement/package.json'), 'utf8');
  const { exports } = JSON.parse(text) as { exports: Record<string, string | Record<string, string>> };
  const entries = Object.entries(exports).map(([name, target]) => ({
    specifier: join('casement', name).replaceAll('\\', '/'),
    file: typeof target === 'string' ? target : (target['default'] ?? target['types'] ?? ''),
  }));
  return {
    modules: entries.filter(({ file }) => file.endsWith('.js')),
    data: entries.filter(({ file }) => file.endsWith('.json')),
    types: entries.filter(({ file }) => file.endsWith('.d.ts')),
  };
}
