// Describes the elements: dist/custom-elements.json, the types in dist/types and the data in dist/editors.
import { join } from 'node:path';

// @ts-expect-error: the package declares no types for its command line.
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

await cli({ argv: ['analyze', '--quiet'], cwd: join(import.meta.dirname, '..'), noWrite: false });
