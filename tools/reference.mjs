// The reference of the elements in Markdown, made from the manifest; the site of `npm run docs` shows it.
import { join } from 'node:path';

import { publicElements, write } from './typings.mjs';

/** @typedef {Record<string, any>} Doc */

const folder = 'dist/reference';

/** @param {unknown} text */
function cell(text) {
  return String(text ?? '')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|');
}

/** @param {unknown} text */
function code(text) {
  return text ? `\`${cell(text)}\`` : '';
}

/**
 * @param {string} title
 * @param {string[]} columns
 * @param {string[][]} rows
 */
function table(title, columns, rows) {
  if (rows.length === 0) return [];
  const lines = [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return [`## ${title}`, lines.join('\n')];
}

/** @param {Doc} event */
function whereItGoes({ bubbles, composed, cancelable }) {
  return [bubbles && composed && 'bubbles out', cancelable && 'can be cancelled'].filter(Boolean).join(', ');
}

/** @param {Doc} method */
function signature({ name, parameters = [], return: answer }) {
  const taken = parameters.map(
    (/** @type {Doc} */ { name, type, optional }) =>
      `${name}${optional ? '?' : ''}: ${type?.text ?? 'unknown'}`,
  );
  return `${name}(${taken.join(', ')}): ${answer?.type?.text ?? 'void'}`;
}

/** @param {Doc} element */
function reference({
  tagName,
  name,
  description,
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssProperties = [],
}) {
  const fields = members.filter((/** @type {Doc} */ { kind }) => kind === 'field');
  const methods = members.filter((/** @type {Doc} */ { kind }) => kind === 'method');
  const parts = [
    `---\ntitle: <${tagName}>\ngroup: Elements\n---`,
    `# \`<${tagName}>\``,
    description,
    `\`import 'casement/${tagName}';\` defines it; its class is \`${name}\` of \`casement/elements\`.`,
    ...table(
      'Properties and attributes',
      ['Property', 'Attribute', 'Type', 'Default', ''],
      fields.map((/** @type {Doc} */ { name, attribute, type, default: initial, readonly, description }) => [
        code(name),
        code(attribute),
        code(type?.text),
        code(initial),
        `${readonly ? 'Read only. ' : ''}${cell(description)}`,
      ]),
    ),
    ...table(
      'Events',
      ['Event', 'Type', 'Detail', '', ''],
      events.map((/** @type {Doc} */ event) => [
        code(event['name']),
        code(event['type'].text),
        code(event['detail'].text),
        whereItGoes(event),
        cell(event['description']),
      ]),
    ),
    ...table(
      'Methods',
      ['Method', ''],
      methods.map((/** @type {Doc} */ method) => [code(signature(method)), cell(method['description'])]),
    ),
    ...table(
      'Slots',
      ['Slot', ''],
      slots.map((/** @type {Doc} */ { name, description }) => [
        name ? code(name) : 'default',
        cell(description),
      ]),
    ),
    ...table(
      'Parts',
      ['`::part()`', ''],
      cssParts.map((/** @type {Doc} */ { name, description }) => [code(name), cell(description)]),
    ),
    ...table(
      'Design tokens',
      ['Property', 'Default', ''],
      cssProperties.map((/** @type {Doc} */ { name, default: initial, description }) => [
        code(name),
        code(initial),
        cell(description),
      ]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Writes a page for each element that hosts use. */
export function writeReference() {
  return {
    name: 'write-reference',
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      for (const element of publicElements(customElementsManifest))
        write(join(folder, `${element['tagName']}.md`), reference(element));
    },
  };
}
