import { describe, expect, it } from 'vitest';

import { openApiDocument } from '../../server/openapi/document.js';
import { operations as routes, type WholeRoute as Route } from '../../src/contract/inputs.js';
import type { RouteId } from '../../src/contract/routes.js';
import { theApp } from '../support/shared-app.js';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Record<
    string,
    { readonly content: Record<string, unknown>; readonly headers?: object }
  >;
}

const document = openApiDocument();

function operationOf(route: Route): Operation {
  return document.paths[route.path]?.[route.method.toLowerCase()] as unknown as Operation;
}

describe('OpenAPI', () => {
  it('is published to anybody', async () => {
    const { app } = await theApp();
    const response = await app.request('/v1/openapi.json');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(document)));
    expect(document['openapi']).toBe('3.1.0');
  });

  it.each(Object.entries(routes) as [RouteId, Route][])('describes %s', (routeId, route) => {
    const operation = operationOf(route);
    expect(operation.operationId).toBe(routeId);
    expect(operation.summary).not.toBe('');
    expect(operation.requestBody !== undefined).toBe(route.body !== undefined || route.content === 'bytes');
    const names = operation.parameters.filter(({ required }) => required).map(({ name }) => name);
    expect(names.includes('id')).toBe(route.path.includes('{id}'));
    expect(names.includes('Idempotency-Key')).toBe(route.method === 'POST');
    expect(names.includes('If-Match')).toBe(route.guarded === true);
    expect(operation.responses[String(route.status)]).toBeDefined();
    expect(operation.responses['401']?.content).toHaveProperty('application/problem+json');
  });

  it('has nothing the route table lacks, and each operation once', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map((operation) => operation['operationId']);
    expect(ids.sort()).toEqual(Object.keys(routes).sort());
  });

  it('refers only to schemas it has', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      expect(reference).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '');
    }
    expect(text).not.toContain('\\\\d{4}');
  });

  it('says where a version comes from', () => {
    expect(operationOf(routes.getCase).responses['200']?.headers).toHaveProperty('ETag');
    expect(operationOf(routes.getSettings).responses['200']?.headers).toHaveProperty('ETag');
    expect(operationOf(routes.listCases).responses['200']?.headers).toBeUndefined();
  });
});
