// Takes the words out of components/ and compares the catalogues of components/shared/locales/ with them.
//   node tools/localize.mjs           writes en.*.ts and the lists of catalogues, then reports
//   node tools/localize.mjs --check   only reports what is missing, superfluous, different or out of date
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { extractMessagesFromProgram } from '@lit/localize-tools/lib/program-analysis.js';
import { format } from 'oxfmt';

// The extraction takes apart the syntax trees of its own TypeScript.
const ts = createRequire(import.meta.resolve('@lit/localize-tools/lib/program-analysis.js'))('typescript');
const root = resolve(fileURLToPath(import.meta.url), '../..');

/** @typedef {Readonly<Record<string, string>>} Messages The words by their ids. */
/** @typedef {{ readonly messages: Messages, readonly problems: readonly string[] }} Extraction */

/** Which words not every page needs, by the beginnings of their ids; what elements fetch them says `wantWords()`. */
const apart = {
  inboxes: /^(inbox|inbox-table|inbox-settings|host-action|case-link)\./,
  settings: /^(settings|portal)\./,
};
const parts = ['cases', ...Object.keys(apart)];

/** @param {string} id */
function partOf(id) {
  return Object.entries(apart).find(([, ids]) => ids.test(id))?.[0] ?? 'cases';
}

/**
 * @param {Messages} messages
 * @param {string} part
 * @returns {Messages}
 */
function only(messages, part) {
  return Object.fromEntries(Object.entries(messages).filter(([id]) => partOf(id) === part));
}

/** @returns {{ tsConfig: string, sourceLocale: string, catalogues: string }} */
function settings() {
  const { tsConfig, sourceLocale, output } = JSON.parse(
    readFileSync(join(root, 'lit-localize.json'), 'utf8'),
  );
  return { tsConfig: join(root, tsConfig), sourceLocale, catalogues: join(root, output.outputDir) };
}

/** @type {Map<string, unknown>} */
const packageFiles = new Map();

/**
 * A compiler host that reads the files of packages once for all programs.
 *
 * @param {Record<string, unknown>} options
 */
function hostFor(options) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (/** @type {string} */ name, /** @type {unknown[]} */ ...more) => {
    // What is written for a moment into a folder of caches is no package's, and changes.
    if (!name.includes('/node_modules/') || name.includes('/.cache-')) return getSourceFile(name, ...more);
    const known = packageFiles.get(name) ?? getSourceFile(name, ...more);
    packageFiles.set(name, known);
    return known;
  };
  return host;
}

/**
 * Every `msg()` of the given files: "Case #{0} added." by its id, and what is wrong with them.
 *
 * @param {readonly string[]} files
 * @param {string} tsConfig
 * @returns {Extraction}
 */
export function extract(files, tsConfig = settings().tsConfig) {
  const { options } = ts.getParsedCommandLineOfConfigFile(
    tsConfig,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error },
  );
  const program = ts.createProgram([...files], options, hostFor(options));
  const { messages, errors } = extractMessagesFromProgram(program);
  const problems = errors.map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file ? `${basename(file.fileName)}:${line}: ` : ''}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  for (const { name, file, tag } of messages) {
    // What lit-localize makes up where no id is given: the kind and a hash of the text.
    if (/^[hs][0-9a-f]{16}$/.test(name)) problems.push(`${basename(file.fileName)}: a msg() has no id.`);
    if (tag === 'html') problems.push(`${basename(file.fileName)}: "${name}" is not plain text.`);
  }
  const texts = messages.map(({ name, contents }) => [name, numbered(contents)]);
  return {
    messages: Object.fromEntries(texts.sort(([one = ''], [other = '']) => (one < other ? -1 : 1))),
    problems,
  };
}

/**
 * A text with its expressions as `{0}`, `{1}` …; the same expression, as in each form of a counted phrase, has one
 * number.
 *
 * @param {readonly (string | { untranslatable: string })[]} contents
 */
function numbered(contents) {
  /** @type {string[]} */
  const known = [];
  let next = 0;
  // Neighbours with nothing but space between them come as one.
  const place = (/** @type {string} */ expression) => {
    const first = known.indexOf(expression);
    known[next++] = expression;
    return `{${first === -1 ? next - 1 : first}}`;
  };
  return contents
    .map((part) =>
      typeof part === 'string' ? part : part.untranslatable.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, place),
    )
    .join('');
}

/**
 * What is wrong with a catalogue: strings missing or too many, placeholders and plural forms that differ.
 *
 * @param {string} locale
 * @param {Messages} source
 * @param {Messages} catalogue
 * @returns {string[]}
 */
export function compare(locale, source, catalogue) {
  const problems = [];
  for (const [id, text] of Object.entries(source)) {
    const translated = catalogue[id];
    if (translated === undefined) problems.push(`${locale}: "${id}" is missing.`);
    else problems.push(...compareText(locale, id, text, translated));
  }
  for (const id of Object.keys(catalogue))
    if (!(id in source)) problems.push(`${locale}: "${id}" is not used anywhere.`);
  return problems;
}

/** @param {string} text */
function placeholders(text) {
  return [...new Set(text.match(/\{\d\}/g))].sort().join(' ');
}

/**
 * The forms of a counted phrase by their CLDR names; none for any other text.
 *
 * @param {string} text
 */
function formsOf(text) {
  const counted = /(?:^|\} )other \{.+\}$/.test(text);
  return counted
    ? [...text.matchAll(/(\w+) \{((?:[^{}]|\{\d\})*)\}/g)].map(([, name = '', form = '']) => ({ name, form }))
    : [];
}

/**
 * @param {string} locale
 * @param {string} id
 * @param {string} source
 * @param {string} text
 * @returns {string[]}
 */
function compareText(locale, id, source, text) {
  const wanted = placeholders(source);
  const forms = formsOf(text);
  if (formsOf(source).length === 0)
    return placeholders(text) === wanted && forms.length === 0 && text.trim() !== ''
      ? []
      : [`${locale}: "${id}" must hold ${wanted || 'a text without placeholders'}.`];
  const names = forms.map(({ name }) => name);
  /** @type {string[]} */
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const problems = needed.filter((name) => !names.includes(name)).map((name) => `lacks the form "${name}"`);
  problems.push(...names.filter((name) => !needed.includes(name)).map((name) => `has no use for "${name}"`));
  // A form may leave the number out, as "one reply" does, but the form for all the others may not.
  for (const { name, form } of forms)
    if (placeholders(form) !== wanted || (name === 'other' && !form.includes('#')))
      problems.push(`must hold ${[wanted, name === 'other' && '#'].filter(Boolean).join(' ')} in "${name}"`);
  return problems.map((problem) => `${locale}: "${id}" ${problem}.`);
}

/**
 * The words of a catalogue file. It is data and a type: what is left without the types can be imported.
 *
 * @param {string} file
 * @returns {Promise<Messages>}
 */
async function read(file) {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  });
  const { messages } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  return messages;
}

/** @param {Messages} messages */
function sourceFile(messages) {
  const lines = Object.entries(messages).map(([id, text]) => `  ${quote(id)}: ${quote(text)},`);
  return `// Taken from the elements by \`npm run localize\`: change the words there.

/** What the elements say in English, by id: \`{0}\` is filled in, \`#\` in a counted phrase is the number. */
export const messages = {
${lines.join('\n')}
} as const;
`;
}

/**
 * All parts of a locale as one, for those who bring their own words or want all of ours at once.
 *
 * @param {string} locale
 * @param {string} sourceLocale
 */
function wholeFile(locale, sourceLocale) {
  const own = locale === sourceLocale;
  const lines = parts.map((part) => `import { messages as ${part} } from './${locale}.${part}.js';`);
  if (!own) lines.unshift(`import type { CaseMessages } from '../localization.messages.js';`);
  return `// Written by \`npm run localize\`: the words are in the parts.
${lines.join('\n')}

/** All that the elements say, of every part. */
export const messages${own ? '' : ': CaseMessages'} = { ${parts.map((part) => `...${part}`).join(', ')} };
`;
}

/** @param {string} text */
function quote(text) {
  const quoted = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return text.includes("'") && !text.includes('"') ? `"${quoted}"` : `'${quoted.replaceAll("'", "\\'")}'`;
}

/** @param {readonly string[]} locales */
function listFile(locales) {
  const lines = locales.map((locale) => {
    const key = /^\w+$/.test(locale) ? locale : `'${locale}'`;
    const sources = parts.map((part) => `${part}: () => import('./locales/${locale}.${part}.js'),`);
    return `  ${key}: {\n${sources.join('\n')}\n},`;
  });
  return `// Written by \`npm run localize\`: a locale is added by its files in locales/.
import type { PartMessages, WordsPart } from './localization.messages.js';

type Parts = { readonly [Part in WordsPart]: () => Promise<{ readonly messages: PartMessages<Part> }> };

/** The locales that come with Casement besides English, part by part, fetched when they are wanted. */
export const builtInLocales: Readonly<Record<string, Parts | undefined>> = {
${lines.join('\n')}
};
`;
}

/** @param {boolean} check */
export async function localize(check) {
  const { sourceLocale, catalogues } = settings();
  const components = join(root, 'components');
  const files = readdirSync(components, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(components, file))
    .filter((file) => !file.startsWith(catalogues));
  const { messages, problems: found } = extract(files);
  const problems = [...found];
  const locales = readdirSync(catalogues)
    .filter((file) => file.endsWith('.cases.ts'))
    .map((file) => basename(file, '.cases.ts'))
    .filter((locale) => locale !== sourceLocale)
    .sort();
  const layout = JSON.parse(readFileSync(join(root, '.oxfmtrc.json'), 'utf8'));
  /** @type {Record<string, string>} */
  const written = { 'localization.catalogues.ts': listFile(locales) };
  for (const part of parts) written[`locales/${sourceLocale}.${part}.ts`] = sourceFile(only(messages, part));
  for (const locale of [sourceLocale, ...locales])
    written[`locales/${locale}.ts`] = wholeFile(locale, sourceLocale);
  for (const [name, unformatted] of Object.entries(written)) {
    const file = join(components, 'shared', name);
    const { code: text } = await format(file, unformatted, layout);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (check) problems.push(`${basename(file)} is out of date: npm run localize writes it anew.`);
    else writeFileSync(file, text);
  }
  for (const locale of locales) {
    // The pseudo-locale is made of the English words when it is asked for.
    if (locale === 'en-XA') continue;
    for (const part of parts)
      problems.push(
        ...compare(locale, only(messages, part), await read(join(catalogues, `${locale}.${part}.ts`))),
      );
  }
  return { problems, count: Object.keys(messages).length, locales };
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const { problems, count, locales } = await localize(process.argv.includes('--check'));
  for (const problem of problems) console.error(problem);
  console.log(
    `${count} messages, ${problems.length} problems; locales besides English: ${locales.join(', ')}.`,
  );
  process.exitCode = problems.length > 0 ? 1 : 0;
}
