// The types of frameworks and the data of editors, made from the manifest.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';

/** @typedef {Record<string, any>} Doc */

const types = 'dist/types';
const editors = 'dist/editors';

/**
 * The elements that hosts use, with the module of each.
 *
 * @param {Doc} manifest
 * @returns {Doc[]}
 */
export function publicElements({ modules }) {
  return modules.flatMap((/** @type {Doc} */ { path, declarations }) =>
    declarations
      .filter((/** @type {Doc} */ { customElement, internal }) => customElement && !internal)
      .map((/** @type {Doc} */ element) => ({ ...element, path })),
  );
}

/** @param {string} event */
export function handlerName(event) {
  return `on-${event}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/** @param {string} module */
function specifier(module) {
  return relative(types, module).replaceAll('\\', '/');
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} [description]
 */
function member(name, type, description = '') {
  const key = /^\w+$/.test(name) ? name : `'${name}'`;
  const comment = description.replace(/\s+/g, ' ').replaceAll('*/', '*\\/');
  return `  /** ${comment} */\n  ${key}?: ${type} | undefined;`;
}

/** @param {Doc} element */
function writableFields({ members = [] }) {
  return members.filter((/** @type {Doc} */ { kind, readonly }) => kind === 'field' && !readonly);
}

/**
 * What can be written on the tag: properties by their names, and attributes that are spelled otherwise.
 *
 * @param {Doc} element
 */
function propertyMembers(element) {
  return writableFields(element).flatMap((/** @type {Doc} */ { name, attribute, description }) => {
    const type = `${element['name']}['${name}']`;
    const lines = [member(name, type, description)];
    if (attribute && attribute !== name) lines.push(member(attribute, type, description));
    return lines;
  });
}

/**
 * @param {Doc} element
 * @param {(event: string) => string} named
 */
function eventMembers({ events = [] }, named) {
  return events.map((/** @type {Doc} */ { name, type, description }) =>
    member(named(name), `((event: ${type.text}) => void)`, description),
  );
}

/** @param {Doc[]} elements */
function imports(elements) {
  /** @type {Map<string, Set<string>>} */
  const modules = new Map();
  const add = (/** @type {string} */ module, /** @type {string} */ name) =>
    modules.set(module, (modules.get(module) ?? new Set()).add(name));
  for (const { name, path, events = [] } of elements) {
    add(path, name);
    for (const { type } of events) for (const found of type.references) add(found.module, found.name);
  }
  return [...modules]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([module, names]) => `import type { ${[...names].sort().join(', ')} } from '${specifier(module)}';`);
}

/** @param {Doc[]} elements */
function propsOf(elements) {
  return elements.map(({ name }) => `${name}Props`);
}

/** @param {Doc[]} elements */
function jsxTypes(elements) {
  const interfaces = elements.map((element) => {
    const members = [...propertyMembers(element), ...eventMembers(element, (event) => `on${event}`)];
    return `/** What \`<${element['tagName']}>\` takes. */\nexport interface ${element['name']}Props {\n${members.join('\n')}\n}`;
  });
  const tags = elements.map(({ tagName, name }) => `  '${tagName}': ${name}Props;`);
  return `${imports(elements).join('\n')}

${interfaces.join('\n\n')}

/** What each element takes, to be added to the \`JSX.IntrinsicElements\` of a framework. */
export interface CasementElements {
${tags.join('\n')}
}
`;
}

/** @param {Doc[]} elements */
function reactTypes(elements) {
  const classes = elements.map(({ name, path }) => `import type { ${name} } from '${specifier(path)}';`);
  const tags = elements.map(({ tagName, name }) => `      '${tagName}': TagOf<${name}, ${name}Props>;`);
  return `import type { DetailedHTMLProps, HTMLAttributes } from 'react';

${classes.join('\n')}
import type { ${propsOf(elements).join(', ')} } from './jsx.js';

type TagOf<Element, Props> = DetailedHTMLProps<Omit<HTMLAttributes<Element>, keyof Props>, Element> & Props;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${tags.join('\n')}
    }
  }
}
`;
}

/** @param {Doc[]} elements */
function vueTypes(elements) {
  const interfaces = elements.map((element) => {
    const members = [...propertyMembers(element), ...eventMembers(element, handlerName)];
    return `/** What \`<${element['tagName']}>\` takes. */\nexport interface ${element['name']}Props {\n${members.join('\n')}\n}`;
  });
  const tags = elements.map(({ tagName, name }) => `    '${tagName}': VueElement<${name}, ${name}Props>;`);
  return `import type { HTMLAttributes, PublicProps } from 'vue';

${imports(elements).join('\n')}

${interfaces.join('\n\n')}

/** A component as templates are checked against it: what it takes, and the element a template ref holds. */
type VueElement<Element, Props> = new () => Element & {
  /** @deprecated Only there for the checks of templates; elements have no such property. */
  $props: Omit<HTMLAttributes, keyof Props> & PublicProps & Props;
};

declare module 'vue' {
  interface GlobalComponents {
${tags.join('\n')}
  }
}
`;
}

/**
 * @param {string} file
 * @param {string} text
 */
export function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Writes types for JSX, React and Vue, and what editors complete tags with. */
export function writeTypings() {
  return {
    name: 'write-typings',
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      const elements = publicElements(customElementsManifest);
      write(join(types, 'jsx.d.ts'), jsxTypes(elements));
      write(join(types, 'react-jsx.d.ts'), reactTypes(elements));
      write(join(types, 'vue.d.ts'), vueTypes(elements));

      const exclude = customElementsManifest['modules'].flatMap((/** @type {Doc} */ { declarations }) =>
        declarations
          .filter((/** @type {Doc} */ { internal }) => internal)
          .map((/** @type {Doc} */ { name }) => name),
      );
      const options = { exclude, hideCssPropertiesDocs: true, hideMethodDocs: true };
      // The generators change what they are given.
      const copy = () => structuredClone(/** @type {any} */ (customElementsManifest));
      write(join(editors, 'vscode.html-custom-data.json'), getVsCodeHtmlCustomData(copy(), options));
      write(join(editors, 'vscode.css-custom-data.json'), getVsCodeCssCustomData(copy(), options));
      write(join(editors, 'web-types.json'), getWebTypesData(copy(), { ...options, packageJson: false }));
    },
  };
}
