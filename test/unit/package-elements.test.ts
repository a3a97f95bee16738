import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { version } from '../../components/shared/version.js';

const components = join(import.meta.dirname, '../../components');

/** The names that the tag files register. */
function registeredNames(): string[] {
  return readdirSync(components, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(components, file), 'utf8').matchAll(/defineElement\('([\w-]+)'/g),
    ])
    .map(([, name]) => name ?? '');
}

describe('the elements of the package', () => {
  it('are all registered by defineCaseElements too', () => {
    const list = readFileSync(join(components, 'define-elements.ts'), 'utf8');
    const names = registeredNames();
    expect(names).toContain('case-list');
    expect(names.filter((name) => !list.includes(`'${name}': `))).toEqual([]);
  });

  it('say the version of the package', () => {
    const manifest = JSON.parse(readFileSync(join(components, '../package.json'), 'utf8')) as {
      version: string;
    };
    expect(version).toBe(manifest.version);
  });
});
