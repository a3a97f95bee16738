import { openApiDocument } from '../openapi/document.js';
import { referencePage, referencePolicy } from '../openapi/reference.js';
import type { CaseApp } from '../middleware/env.js';

/** The published contract: for tools at `/v1/openapi.json`, for people at `/v1/reference`. Neither needs a token. */
export function mountReference(app: CaseApp): void {
  let rendered: Promise<{ readonly page: string; readonly policy: string }> | undefined;
  const render = async () => {
    const page = await referencePage(openApiDocument());
    return { page, policy: await referencePolicy(page) };
  };
  app.get('/v1/openapi.json', (context) => context.json(openApiDocument()));
  app.get('/v1/reference', async (context) => {
    const { page, policy } = await (rendered ??= render());
    return context.html(page, 200, { 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' });
  });
}
