import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, inject, it } from 'vitest';

const { folder } = inject('consumer');
const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');

// What a consumer writes; every "@ts-expect-error" is a mistake that the types have to catch.
const files = {
  'client.ts': `
    import { createCaseClient, isConflictError, type Case } from 'casement';
    const client = createCaseClient({ baseUrl: '/', getToken: () => 'token' });
    export const found: Promise<Case> = client.cases.get('case_1');
    // @ts-expect-error: there is no such status
    void client.cases.list({ status: 'ajar' });
    export const conflict = (error: unknown) => isConflictError(error) && error.code;
  `,
  'elements.ts': `
    import 'casement/case-list';
    import { CaseList, type CaseSelectEvent } from 'casement/elements';
    import 'casement/casement.js';
    const list: CaseList = document.createElement('case-list');
    list.addEventListener('case-select', (event) => {
      const chosen: CaseSelectEvent = event;
      const id: string = chosen.detail.caseId;
      console.log(id, document.querySelector('case-detail')?.standalone);
    });
    // @ts-expect-error: a number is no id
    list.customerId = 7;
  `,
  'server.ts': `
    import { createApp, createEngine, jwtAuthenticator, openPGlite, type CaseBackend } from 'casement/server';
    export async function start(): Promise<Response> {
      const backend: CaseBackend = await createEngine({ database: openPGlite() } as Parameters<typeof createEngine>[0]);
      const app = createApp({ backend, authenticate: jwtAuthenticator({ secret: 'x'.repeat(32) }) });
      return app.request('/healthz');
    }
  `,
  'react.tsx': `
    import { useRef } from 'react';
    import { CaseList, CaseProvider } from 'casement/react';
    import type { CaseList as CaseListElement } from 'casement/elements';
    export function App() {
      const list = useRef<CaseListElement>(null);
      return (
        <CaseProvider baseUrl="/" theme="dark">
          <CaseList ref={list} className="wide" filters={{ status: ['open'] }} onCaseSelect={(event) => event.detail.caseId.length} />
          {/* @ts-expect-error: the detail of this event has no such thing */}
          <CaseList onCaseSelect={(event) => event.detail.noteId} />
          {/* @ts-expect-error: there is no such theme */}
          <CaseProvider theme="sepia" />
        </CaseProvider>
      );
    }
  `,
  'react-tags.tsx': `
    import { useRef } from 'react';
    import type {} from 'casement/react/jsx';
    import type { CaseList } from 'casement/elements';
    export function App() {
      const list = useRef<CaseList>(null);
      return (
        <case-provider base-url="/" style={{ color: 'red' }}>
          <case-list ref={list} key="a" customer-id="c1" compact slot="x" oncase-select={(event) => event.detail.caseId.length} />
          {/* @ts-expect-error: there is no such attribute */}
          <case-list customer="c1" />
          {/* @ts-expect-error: a string is no number */}
          <case-list compact-limit="five" />
        </case-provider>
      );
    }
  `,
  'other-jsx.ts': `
    import type { CasementElements } from 'casement/jsx';
    export const props: CasementElements['case-list'] = { 'customer-id': 'c1', 'oncase-select': (event) => event.detail.caseId };
    // @ts-expect-error: there is no such element
    export type None = CasementElements['case-lists'];
  `,
  'vue.ts': `
    import type {} from 'casement/vue';
    import type { CaseList as CaseListElement } from 'casement/elements';
    import type { GlobalComponents } from 'vue';
    type List = InstanceType<GlobalComponents['case-list']>;
    export const props: List['$props'] = {
      customerId: 'c1',
      'compact-limit': 3,
      class: ['wide', { tall: true }],
      style: { color: 'red' },
      key: 1,
      onClick: (event) => event.clientX,
      onCaseSelect: (event) => event.detail.caseId.length,
    };
    export const ref = (list: List): CaseListElement => list;
    // @ts-expect-error: there is no such event
    export const wrongEvent: List['$props'] = { onCaseChosen: () => {} };
    // @ts-expect-error: the detail of this event has no such thing
    export const wrongDetail: List['$props'] = { onCaseSelect: (event) => event.detail.noteId };
  `,
};

it.each([
  { module: 'NodeNext', moduleResolution: 'NodeNext' },
  { module: 'ESNext', moduleResolution: 'Bundler' },
])(
  'gives a consumer with $moduleResolution every type, and catches mistakes',
  async (resolution) => {
    const place = join(folder, `types-${resolution.moduleResolution}`);
    await mkdir(place);
    for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
    const compilerOptions = {
      ...resolution,
      target: 'ES2022',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      jsx: 'react-jsx',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
    };
    await writeFile(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--project', place], {
      cwd: folder,
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
    await rm(place, { recursive: true });
  },
  120_000,
);
