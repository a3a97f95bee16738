import { html, raw } from 'hono/html';

import { problemCodes } from '../../src/contract/problem.js';
import { schemaFields, typeOf } from './reference-types.js';
import { referenceStyles } from './reference.styles.js';
import type {
  JsonSchema,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from './types.js';

type Html = ReturnType<typeof html>;

interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/**
 * The document as one page to read: no script, nothing loaded from elsewhere, fit for a phone, for paper and for a
 * screen reader. It can be saved and opened without a server.
 */
export async function referencePage(document: OpenApiDocument): Promise<string> {
  const { info, tags, components } = document;
  const listed = operationsOf(document);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title} API</title>
        <style>
          ${raw(referenceStyles)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav aria-label="Contents">
          <p>${info.title} API</p>
          <ul>
            <li><a href="#conventions">Conventions</a></li>
            <li><a href="#errors">Errors</a></li>
            <li><a href="#schemas">Schemas</a></li>
          </ul>
          ${tags.map(
            ({ name }) =>
              html`<h2>${name}</h2>
                <ul>
                  ${listed
                    .filter(({ operation }) => operation.tags.includes(name))
                    .map(
                      ({ operation: { operationId } }) =>
                        html`<li><a href="#${operationId}">${operationId}</a></li>`,
                    )}
                </ul>`,
          )}
        </nav>
        <main id="content" tabindex="-1">
          <h1>${info.title} API</h1>
          <p>${inCode(info.description)}</p>
          <p>
            The same as a document for tools: <a href="openapi.json">openapi.json</a> (OpenAPI
            ${document.openapi}).
          </p>
          ${conventions(document)}
          ${tags.map(
            ({ name, description }) =>
              html`<h2 id="tag-${name}">${name}</h2>
                <p>${description}</p>
                ${listed.filter(({ operation }) => operation.tags.includes(name)).map(section)}`,
          )}
          ${errors()}
          <h2 id="schemas">Schemas</h2>
          <p>Fields may be added: pass over what you do not know.</p>
          ${Object.entries(components.schemas).map(([name, schema]) => schemaSection(name, schema))}
        </main>
      </body>
    </html> `;
  return (await page).toString();
}

/** The hash by which a policy lets the page's own styles in, and nothing else. */
export async function referencePolicy(page: string): Promise<string> {
  const styles = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(styles));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function operationsOf({ paths }: OpenApiDocument): Listed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function conventions({ components }: OpenApiDocument): Html {
  return html`<h2 id="conventions">Conventions</h2>
    <dl>
      <dt>Sign-in</dt>
      <dd>
        A JSON Web Token in <code>Authorization: Bearer</code>, and nothing else: no cookie, no parameter.
        ${inCode(components.securitySchemes['bearer']?.description ?? '')}
      </dd>
      <dt>Pages</dt>
      <dd>${inCode('Lists answer `items` and `next`. Send `next` as `cursor` for the following page.')}</dd>
      <dt>Versions</dt>
      <dd>
        ${inCode('A record carries `version`, and `ETag` the same in quotes. A change sends it in `If-Match`.')}
      </dd>
      <dt>Keys</dt>
      <dd>
        ${inCode(
          'Every `POST` carries an `Idempotency-Key`. After a lost connection, send the same request with the same key.',
        )}
      </dd>
      <dt>Times</dt>
      <dd>
        ${inCode('Instants are RFC 3339 in UTC, calendar dates `YYYY-MM-DD`. Ids and cursors are opaque.')}
      </dd>
    </dl>`;
}

function section({ method, path, operation }: Listed): Html {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return html`<section aria-labelledby="${operationId}">
    <h3 id="${operationId}">${summary}</h3>
    <p class="address">
      <code class="method ${method}">${method.toUpperCase()}</code><code>${path}</code>
      <span class="muted">${operationId}</span>
    </p>
    <p>${inCode(description)}</p>
    ${parameters.length > 0 ? parameterList(parameters) : ''}
    ${
      requestBody
        ? html`<h4>Body</h4>
            ${Object.entries(requestBody.content).map(
              ([type, { schema }]) =>
                html`<p>${schema ? typeLink(schema) : 'Bytes'} as <code>${type}</code></p>`,
            )}`
        : ''
    }
    <h4>Answers</h4>
    <dl class="answers">
      ${Object.entries(responses)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(
          ([status, response]) =>
            html`<dt>${status}</dt>
              <dd>${answer(response)}</dd>`,
        )}
    </dl>
  </section>`;
}

function parameterList(parameters: readonly OpenApiParameter[]): Html {
  return html`<h4>Parameters</h4>
    <dl>
      ${parameters.map(
        ({ name, in: place, required, schema, description }) =>
          html`<dt>
              <code>${name}</code>
              ${required ? html`<span class="needed">required</span>` : ''}
            </dt>
            <dd>${inCode(description)} <span class="type">${place}, ${typeOf(schema).text}</span></dd>`,
      )}
    </dl>`;
}

function answer({ description, content }: OpenApiResponse): Html {
  return html`${Object.entries(content).map(([type, { schema }]) => {
    if (type === 'application/problem+json') return inCode(description);
    const what = schema?.['$ref'] === undefined ? '' : typeLink(schema);
    return html`${inCode(description)} ${what} <span class="type">${type}</span>`;
  })}`;
}

function errors(): Html {
  return html`<h2 id="errors">Errors</h2>
    <p>
      Every refusal is a ${typeLink({ $ref: '#/components/schemas/Problem' })} as
      <code>application/problem+json</code>. These are the codes:
    </p>
    <dl>
      ${Object.entries(problemCodes).map(
        ([code, { status, title }]) =>
          html`<dt><code>${code}</code> <span class="type">${status}</span></dt>
            <dd>${title}.</dd>`,
      )}
    </dl>`;
}

function schemaSection(name: string, schema: JsonSchema): Html {
  const [example] = Array.isArray(schema['examples']) ? (schema['examples'] as unknown[]) : [];
  return html`<section aria-labelledby="schema-${name}">
    <h3 id="schema-${name}">${name}</h3>
    <p>${inCode(typeof schema['description'] === 'string' ? schema['description'] : '')}</p>
    <dl>
      ${schemaFields(schema).map(
        ({ field, required, type }) =>
          html`<dt><code>${field}</code></dt>
            <dd>
              ${type.link === undefined ? type.text : html`<a href="#schema-${type.link}">${type.text}</a>`}
              ${required ? '' : html`<span class="type">optional</span>`}
            </dd>`,
      )}
    </dl>
    ${
      example === undefined
        ? ''
        : html`<h4>Example</h4>
            <pre><code>${JSON.stringify(example, null, 2)}</code></pre>`
    }
  </section>`;
}

function typeLink(schema: JsonSchema): Html {
  const { text, link } = typeOf(schema);
  return link === undefined ? html`${text}` : html`<a href="#schema-${link}">${text}</a>`;
}

/** Text in which words between backticks are code. */
function inCode(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
