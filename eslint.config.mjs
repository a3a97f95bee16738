import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const outside = ['./stories', './.storybook', './demo', './test', './bench'];
const components = readdirSync('components', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['shared', 'react'].includes(entry.name))
  .map((entry) => entry.name);
const tagFiles = components.map((name) => `./${name}/${name}.ts`);

// Who may not import from where. Imports go down only:
// contract ← errors ← http ← client ← components, and contract ← server.
const floors = [
  {
    target: './src/contract',
    from: ['./src/errors.ts', './src/http', './src/client', './src/index.ts'],
    message: 'The contract is the lowest floor.',
  },
  {
    target: './src/errors.ts',
    from: ['./src/http', './src/client', './src/index.ts'],
    message: 'Errors stand on the contract alone.',
  },
  {
    target: './src/http',
    from: ['./src/client', './src/index.ts'],
    message: 'The http floor stands on contract and errors.',
  },
  {
    target: './src/client',
    from: './src/index.ts',
    message: 'The public face is for callers outside.',
  },
  {
    target: './src',
    from: ['./components', './server'],
    message: 'The SDK knows neither elements nor server.',
  },
  {
    target: './components',
    from: ['./server', './src/index.ts'],
    message: 'Elements stand on the floors of the SDK, reached file by file.',
  },
  {
    target: './server',
    from: './src',
    except: ['./contract'],
    message: 'Server and SDK meet in the contract only.',
  },
  { target: './server', from: './components', message: 'The server knows no elements.' },
  ...['./src', './components', './server'].map((target) => ({
    target,
    from: outside,
    message: 'Nothing imports stories, demo, test or bench.',
  })),
  // Stories may import anything: they show all of it at work.
  ...['./demo', './test', './bench'].flatMap((target) =>
    outside
      .filter((folder) => folder !== target)
      .map((from) => ({
        target,
        from,
        // What finds a browser on this machine serves everything that needs one; what the demonstration answers by itself is tested,
        // and what Storybook makes ready beforehand.
        except:
          from === './test'
            ? ['./support/browser.mjs']
            : from === './demo'
              ? ['./billing.ts', './third-party-api', './own-backend', './sample-data', './open-demo.ts']
              : from === './.storybook'
                ? ['./main.ts']
                : [],
        message: 'Nothing imports stories, demo, test or bench.',
      })),
  ),
  ...[...components, 'shared'].map((name) => ({
    target: `./components/${name}`,
    from: './components',
    // The plugin mounts what a page has defined, under whatever prefix.
    except: [
      ...new Set([
        `./${name}`,
        './shared',
        ...tagFiles,
        ...(name === 'plugin' ? ['./define-elements.ts'] : []),
      ]),
    ],
    message: 'An element reaches another through its tag file.',
  })),
];

const programs = ['server/main.ts', 'demo/**/start.ts'];
const readsEnvironment = 'Only server/main.ts reads the environment; hand it in.';

const noExportAll = {
  selector: 'ExportAllDeclaration',
  message: 'Only the public entries re-export; name what is exported.',
};

export default defineConfig(
  globalIgnores(['dist/', 'storybook-static/', 'node_modules/', 'test-results/', '.casement/']),
  js.configs.recommended,
  // What takes types, or the whole graph of imports, oxlint judges.
  tseslint.configs.recommended,
  {
    plugins: {
      'import-x': importX,
      // The same rule twice, so that a long file warns before it fails.
      early: { rules: { 'max-lines': builtinRules.get('max-lines') } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js', '.mjs'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      'early/max-lines': ['warn', 400],
      'max-lines': ['error', 500],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Refusing control characters in what people send takes a pattern that names them.
      'no-control-regex': 'off',
      'no-restricted-imports': [
        'error',
        ...['process', 'node:process'].map((name) => ({
          name,
          importNames: ['env'],
          message: readsEnvironment,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: readsEnvironment },
      ],
      'no-restricted-syntax': ['error', noExportAll],
      'import-x/no-default-export': 'error',
      'import-x/no-duplicates': 'error',
      'import-x/no-extraneous-dependencies': 'error',
      'import-x/no-restricted-paths': ['error', { zones: floors }],
      'import-x/no-self-import': 'error',
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', ['internal', 'parent', 'sibling', 'index']],
          'newlines-between': 'always',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
    },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'localStorage', 'sessionStorage', 'process', 'Buffer'].map((name) => ({
          name,
          message: 'The SDK runs in browsers, workers and Node alike.',
        })),
      ],
    },
  },
  {
    files: ['src/**', 'components/**', 'server/**', 'demo/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['components/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice'], litA11y.configs.recommended],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer'],
      // An element may tell the developer of the host page what is wrong with how it is used.
      'no-console': ['error', { allow: ['warn'] }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)src/(client|http)/',
              allowTypeImports: true,
              message: 'Elements use the client through context; import only its types.',
            },
          ],
        },
      ],
    },
  },
  {
    // A catalogue is as long as there are words.
    files: ['components/shared/locales/**'],
    rules: { 'max-lines': 'off', 'early/max-lines': 'off' },
  },
  {
    // The provider and the plugin are where the client that all other elements are given is made.
    files: ['components/case-provider/**', 'components/plugin/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['src/index.ts', 'components/index.ts', 'server/index.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: [...programs, 'test/**', 'bench/**', '*.config.*', '*.mjs'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: [...programs, 'server/cli/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      '*.config.*',
      'demo/apps/*.config.*',
      '**/*.global.ts',
      '.storybook/*.ts',
      'stories/**/*.stories.ts',
    ],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    // Chai asserts by reading a property.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    rules: { 'no-undef': 'off' },
  },
);
