import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readDefinitions, readElements, type Described, type ManifestElement } from './support/manifest.js';

const root = join(import.meta.dirname, '../..');

/** The same for whoever asks again: many elements are made with the same files. */
function once<T>(make: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

/** The code of a file, and what it is made with. */
const readSource = once(async (file) => {
  const text = (await readFile(file, 'utf8')).replaceAll(/\/\*[^]*?\*\//g, '');
  const specifiers = [
    ...unique(text.matchAll(/^(?:import|export)(?! type)[^']*from '(\.[^']+)'/gm)),
    // What is fetched when it is wanted is of the element all the same, but for other elements.
    ...unique(text.matchAll(/\bimport\('(\.[^']+)'\)/g)).filter((name) => !isTagFile(name)),
  ];
  return { text, files: specifiers.map((name) => join(dirname(file), name.replace(/\.js$/, '.ts'))) };
});

/** The text of the element's class and of everything in components/ it is made with, up to other elements. */
const readSources = once(async (file) => {
  const seen = new Map<string, string>();
  const read = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    const { text, files } = await readSource(path);
    seen.set(path, text);
    for (const next of files) {
      const isTokens = next.endsWith('tokens.styles.ts');
      if (!relative(join(root, 'components'), next).startsWith('..') && !isTokens) await read(next);
    }
  };
  await read(file);
  return [...seen.values()].join('\n');
});

/** Whether a file defines an element, by being named like its folder. */
function isTagFile(name: string): boolean {
  return /\/([\w-]+)\/\1\.js$/.test(name);
}

/** The tags of the elements that the templates in `source` hold. */
function insideOf(source: string): string[] {
  return unique(source.matchAll(/<\/((?:case|note|share|shared|project|portal)-[\w-]+)>/g));
}

async function sourceOf({ path }: Pick<ManifestElement, 'path'>): Promise<string> {
  return readSources(join(root, path.replace(/^dist\//, '').replace(/\.js$/, '.ts')));
}

function names(described: readonly Described[] = []): string[] {
  return described.map(({ name }) => name).sort();
}

function unique(matches: Iterable<RegExpMatchArray>): string[] {
  return [...new Set([...matches].map(([, found = '']) => found))].sort();
}

const elements = await readElements();
const byTag = new Map(elements.map((element) => [element.tagName, element]));

/** The names of the events a class of events is sent under, by the name of the class. */
async function readEventNames(): Promise<Map<string, string>> {
  const events = new Map<string, string>();
  for (const entry of await readdir(join(root, 'components'), { recursive: true })) {
    if (!/\.ts$/.test(entry)) continue;
    const text = await readFile(join(root, 'components', entry), 'utf8');
    for (const [, name = '', event = ''] of text.matchAll(
      /class (\w+) extends CustomEvent[^]*?super\('([\w-]+)'/g,
    ))
      events.set(name, event);
  }
  return events;
}

const eventNames = await readEventNames();

describe('the manifest', () => {
  it('knows every element that is defined, and where', async () => {
    const tagFiles = await readdir(join(root, 'components'), { withFileTypes: true });
    const folders = tagFiles.filter((entry) => entry.isDirectory() && entry.name.includes('-'));
    const definitions = await readDefinitions();
    expect(definitions.toSorted()).toEqual(elements.map(({ tagName }) => tagName).sort());
    expect(definitions).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
  });

  it.each(elements)('describes all it says of <$tagName>', (element) => {
    const { attributes, members, events, slots, cssParts, cssProperties } = element;
    const described = [element, attributes, members, events, slots, cssParts, cssProperties].flat();
    const silent = described.filter((item) => item && !item.description?.trim());
    expect(silent.map((item) => item?.name)).toEqual([]);
  });

  it.each(elements)('names every attribute of <$tagName>', async (element) => {
    const source = await readFile(
      join(root, element.path.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
      'utf8',
    );
    const properties = [...source.matchAll(/@property\((.*?)\)\s+(?:get )?(\w+)/g)];
    const attributes = properties.flatMap(([, options = '', field = '']) => {
      if (options.includes('attribute: false')) return [];
      return [/attribute: '([\w-]+)'/.exec(options)?.[1] ?? field.toLowerCase()];
    });
    expect(names(element.attributes)).toEqual(attributes.sort());
  });

  it.each(elements)('names every part of <$tagName>', async (element) => {
    const source = await sourceOf(element);
    const own = unique(source.matchAll(/\bpart="([\w-]+)"/g));
    const passed = unique(source.matchAll(/\bexportparts="([^"]+)"/g)).flatMap((list) => list.split(/,\s*/));
    expect(names(element.cssParts)).toEqual([...new Set([...own, ...passed])].sort());
  });

  it.each(elements)('names every slot of <$tagName>', async (element) => {
    const source = await sourceOf(element);
    const slots = unique(source.matchAll(/<slot(?: name="([\w-]+)")?/g));
    expect(names(element.slots)).toEqual(slots);
  });

  it.each(elements)('names every event that leaves <$tagName>', async (element) => {
    const source = await sourceOf(element);
    const own = unique(source.matchAll(/new (\w+Event)\(/g)).flatMap((name) => eventNames.get(name) ?? []);
    // What an element inside sends bubbles out of this one too.
    const fromInside = insideOf(source)
      .flatMap((tag) => byTag.get(tag)?.events ?? [])
      .filter(({ bubbles, composed }) => bubbles && composed)
      .map(({ name }) => name);
    expect(names(element.events)).toEqual([...new Set([...own, ...fromInside])].sort());
  });

  it('names every token that a style sheet reads, and no other', async () => {
    const sheet = await readFile(join(root, 'components/shared/tokens.styles.ts'), 'utf8');
    const tokens = unique(sheet.matchAll(/var\((--case-[\w-]+)/g));
    for (const { tagName, cssProperties = [] } of elements.filter(
      ({ tagName }) => tagName !== 'case-provider',
    ))
      expect(names(cssProperties), tagName).toEqual(tokens);
    for (const { tagName, path } of elements) {
      const source = await sourceOf({ path });
      const read = unique(source.matchAll(/var\((--case-[\w-]+)/g));
      expect(names(byTag.get(tagName)?.cssProperties), tagName).toEqual(expect.arrayContaining(read));
    }
  });
});
