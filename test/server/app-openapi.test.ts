import { Validator } from '@seriousme/openapi-schema-validator';
import type * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';

import { openApiDocument } from '../../server/openapi/document.js';
import { schemaExamples } from '../../server/openapi/schema-descriptions.js';
import type { OpenApiOperation } from '../../server/openapi/types.js';
import { attachmentSchema } from '../../src/contract/attachments.js';
import { bulkInputSchema } from '../../src/contract/bulk.js';
import {
  caseChangeSchema,
  caseSchema,
  newCaseSchema,
  statusChangeInputSchema,
} from '../../src/contract/cases.js';
import { customerSchema } from '../../src/contract/customers.js';
import { caseEventSchema } from '../../src/contract/events.js';
import { operations as routes, type WholeRoute as Route } from '../../src/contract/inputs.js';
import { forwardInputSchema } from '../../src/contract/forward.js';
import { grantChangeSchema, newGrantsSchema } from '../../src/contract/grants.js';
import {
  assignEntrySchema,
  completeEntrySchema,
  forwardEntrySchema,
  newInboxEntrySchema,
} from '../../src/contract/inbox-entries.js';
import { inboxChangeSchema, inboxSchema, newInboxSchema } from '../../src/contract/inboxes.js';
import { newNoteSchema, noteSchema, timelineEntrySchema } from '../../src/contract/notes.js';
import { noticePreferenceInputSchema } from '../../src/contract/notices.js';
import { personSchema } from '../../src/contract/people.js';
import { previewInputSchema } from '../../src/contract/preview.js';
import { problemCodes, problemSchema, type ProblemCode } from '../../src/contract/problem.js';
import type { RouteId } from '../../src/contract/routes.js';
import {
  newProjectMessageSchema,
  newProjectSchema,
  projectChangeSchema,
} from '../../src/contract/projects.js';
import { settingsChangeSchema } from '../../src/contract/settings.js';
import { newViewSchema, viewChangeSchema } from '../../src/contract/views.js';
import { theApp } from '../support/shared-app.js';

const document = openApiDocument();
const all = Object.entries(routes) as [RouteId, Route][];

function operationOf(route: Route): OpenApiOperation {
  const operation = document.paths[route.path]?.[route.method.toLowerCase()];
  if (!operation) throw new Error(`${route.method} ${route.path} is not described.`);
  return operation;
}

/** The codes an operation says it may answer, by status. */
function codesOf(route: Route): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(operationOf(route).responses).flatMap(([status, { content }]) => {
      const text = JSON.stringify(content['application/problem+json'] ?? null);
      const codes = /"code":\{"enum":(\[[^\]]*\])/.exec(text)?.[1];
      return codes === undefined ? [] : [[status, JSON.parse(codes) as string[]]];
    }),
  );
}

describe('OpenAPI', () => {
  it('is valid by the schema of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('is refused by that validator when something in it is wrong', async () => {
    const broken = JSON.parse(JSON.stringify(document)) as {
      paths: Record<string, { get: { responses: unknown } }>;
    };
    const cases = broken.paths['/v1/cases'];
    if (cases) cases.get.responses = { twohundred: {} };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('is published to anybody', async () => {
    const { app } = await theApp();
    const response = await app.request('/v1/openapi.json');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
    expect(document.openapi).toBe('3.1.0');
  });

  it.each(all)('describes %s', (routeId, route) => {
    const operation = operationOf(route);
    expect(operation.operationId).toBe(routeId);
    expect(operation.summary).toMatch(/\S/);
    expect(operation.description).toMatch(/\S/);
    expect(operation.requestBody !== undefined).toBe(route.body !== undefined || route.content === 'bytes');
    const names = operation.parameters.filter(({ required }) => required).map(({ name }) => name);
    expect(names.includes('id')).toBe(route.path.includes('{id}'));
    expect(names.includes('Idempotency-Key')).toBe(route.method === 'POST');
    expect(names.includes('If-Match')).toBe(route.guarded === true);
    for (const { name, description } of operation.parameters) expect(description, name).toMatch(/\S/);
    expect(operation.responses[String(route.status)]).toBeDefined();
  });

  it.each(all)('lists under each status the codes %s may answer', (_routeId, route) => {
    const codes = codesOf(route);
    for (const [status, listed] of Object.entries(codes)) {
      expect(listed).not.toHaveLength(0);
      for (const code of listed) expect(problemCodes[code as ProblemCode].status).toBe(Number(status));
    }
    expect(codes['401']).toEqual(['unauthenticated']);
    expect(codes['404'] !== undefined).toBe(
      route.path.includes('{id}') ||
        (
          [
            routes.listCases,
            routes.exportCases,
            routes.listTags,
            routes.listCandidates,
            routes.listInboxTargets,
            routes.listInboxEntries,
            routes.previewGrant,
          ] as Route[]
        ).includes(route),
    );
    expect(codes['412'] !== undefined).toBe(route.guarded === true);
    expect(codes['415'] !== undefined).toBe(route.body !== undefined);
    expect(codes['422'] !== undefined).toBe(
      route.query !== undefined ||
        route.body !== undefined ||
        route.method === 'POST' ||
        route.guarded === true,
    );
  });

  it('says which headers answers carry', () => {
    const { responses } = operationOf(routes.getCase);
    expect(responses['401']?.headers).toHaveProperty('WWW-Authenticate');
    expect(responses['429']?.headers).toHaveProperty('Retry-After');
    expect(responses['200']?.headers).toHaveProperty('X-Request-Id');
    expect(operationOf(routes.downloadAttachment).responses['200']?.headers).toHaveProperty(
      'Content-Disposition',
    );
    const events = operationOf(routes.streamEvents).parameters.map(({ name }) => name);
    expect(events).toEqual(['Last-Event-ID']);
  });

  it('has nothing the route table lacks, and each operation once', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map((operation) => operation.operationId);
    expect(ids.sort()).toEqual(Object.keys(routes).sort());
  });

  it('refers only to what it has', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      const [, kind = '', name = ''] = /^#\/components\/(schemas|headers)\/([\w-]+)$/.exec(reference) ?? [];
      expect(document.components[kind as 'schemas' | 'headers'], reference).toHaveProperty(name);
    }
    expect(text).not.toContain('\\\\d{4}');
  });

  it('has a sentence for every schema, and examples the contract accepts', () => {
    for (const [name, { description }] of Object.entries(document.components.schemas)) {
      expect(description, name).toMatch(/\S/);
    }
    const schemas: Record<string, z.ZodMiniType> = {
      AssignEntry: assignEntrySchema,
      Attachment: attachmentSchema,
      BulkInput: bulkInputSchema,
      Case: caseSchema,
      CaseChange: caseChangeSchema,
      CaseEvent: caseEventSchema,
      CompleteEntry: completeEntrySchema,
      Customer: customerSchema,
      ForwardEntry: forwardEntrySchema,
      ForwardInput: forwardInputSchema,
      GrantChange: grantChangeSchema,
      Inbox: inboxSchema,
      InboxChange: inboxChangeSchema,
      NewCase: newCaseSchema,
      NewGrants: newGrantsSchema,
      NewInbox: newInboxSchema,
      NewInboxEntry: newInboxEntrySchema,
      NewNote: newNoteSchema,
      NewProject: newProjectSchema,
      NewProjectMessage: newProjectMessageSchema,
      NewView: newViewSchema,
      Note: noteSchema,
      NoticePreferenceInput: noticePreferenceInputSchema,
      Person: personSchema,
      PreviewInput: previewInputSchema,
      Problem: problemSchema,
      ProjectChange: projectChangeSchema,
      SettingsChange: settingsChangeSchema,
      StatusChangeInput: statusChangeInputSchema,
      TimelineEntry: timelineEntrySchema,
      ViewChange: viewChangeSchema,
    };
    expect(Object.keys(schemaExamples).sort()).toEqual(Object.keys(schemas).sort());
    for (const [name, schema] of Object.entries(schemas)) {
      expect(schema.safeParse(schemaExamples[name]).error, name).toBeUndefined();
    }
  });

  it('says where a version comes from', () => {
    expect(operationOf(routes.getCase).responses['200']?.headers).toHaveProperty('ETag');
    expect(operationOf(routes.getSettings).responses['200']?.headers).toHaveProperty('ETag');
    expect(operationOf(routes.listCases).responses['200']?.headers).not.toHaveProperty('ETag');
  });
});

describe('the reference page', () => {
  async function thePage() {
    const { app } = await theApp();
    const response = await app.request('/v1/reference');
    return { response, text: await response.text() };
  }

  it('has every operation, every schema and every code', async () => {
    const { response, text } = await thePage();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
    for (const routeId of Object.keys(routes)) expect(text).toContain(`<h3 id="${routeId}">`);
    for (const name of Object.keys(document.components.schemas))
      expect(text).toContain(`id="schema-${name}"`);
    for (const code of Object.keys(problemCodes)) expect(text).toContain(code);
  });

  it('leads nowhere but to itself, and to places that are there', async () => {
    const { text } = await thePage();
    const targets = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target ?? '');
    const places = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`));
    expect(targets.length).toBeGreaterThan(80);
    for (const target of new Set(targets)) {
      if (target !== 'openapi.json') expect(places, target).toContain(target);
    }
  });

  it('runs nothing, and lets only its own styles in', async () => {
    const { response, text } = await thePage();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'/);
    expect(text).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|javascript:/i);
  });
});
