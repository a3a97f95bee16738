// What the analyzer of custom elements cannot see by itself: definitions behind a helper, what events carry, the design
// tokens that all elements share, and which part of a class is public.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {typeof import('typescript')} TypeScript */
/** @typedef {import('typescript').Node} Node */
/** @typedef {Record<string, any>} Doc */

/** @param {Doc} manifest */
function elementsOf({ modules }) {
  return modules.flatMap((/** @type {Doc} */ module) =>
    module.declarations.filter((/** @type {Doc} */ { customElement }) => customElement),
  );
}

/**
 * @param {TypeScript} ts
 * @param {Node} node
 * @param {(node: Node) => void} visit
 */
function walk(ts, node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(ts, child, visit));
}

/**
 * What the types declared in a file stand for.
 *
 * @param {TypeScript} ts
 * @param {import('typescript').SourceFile} file
 * @returns {Map<string, string>}
 */
function localTypes(ts, file) {
  /** @type {Map<string, string>} */
  const types = new Map();
  for (const node of file.statements) {
    if (ts.isTypeAliasDeclaration(node)) types.set(node.name.text, `(${node.type.getText()})`);
    if (ts.isInterfaceDeclaration(node))
      types.set(node.name.text, `{ ${node.members.map((member) => member.getText()).join(' ')} }`);
  }
  return types;
}

/** Tag files define by `defineElement('case-list', CaseList)`. */
export function nameDefinitions() {
  return {
    name: 'name-definitions',
    /** @param {{ ts: TypeScript, node: any, moduleDoc: Doc }} phase */
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isSourceFile(node)) return;
      /** @type {Doc[]} */
      const found = [];
      walk(ts, node, (call) => {
        if (!ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return;
        const [name, element] = call.arguments;
        if (call.expression.text !== 'defineElement' || !name || !element) return;
        if (ts.isStringLiteral(name) && ts.isIdentifier(element))
          found.push({ name: name.text, className: element.text });
      });
      moduleDoc['definitions'] = found;
    },
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      const { modules } = customElementsManifest;
      for (const module of modules) {
        const { definitions = [] } = module;
        delete module.definitions;
        // The helper itself looks like a definition of an element called "name".
        module.exports = (module.exports ?? []).filter(
          (/** @type {Doc} */ { kind }) => kind !== 'custom-element-definition',
        );
        for (const { name, className } of definitions) {
          const home = modules.find((/** @type {Doc} */ { declarations }) =>
            declarations.some((/** @type {Doc} */ declaration) => declaration.name === className),
          );
          if (!home)
            throw new Error(`${module.path}: no module declares ${className}, the class of <${name}>.`);
          module.exports.push({
            kind: 'custom-element-definition',
            name,
            declaration: { name: className, module: home.path },
          });
        }
      }
    },
  };
}

/** Gives each event of an element the type of its `detail`, whether it can be cancelled, and whether it bubbles. */
export function describeEvents() {
  /** @type {Map<string, Doc>} */
  const classes = new Map();
  return {
    name: 'describe-events',
    /** @param {{ ts: TypeScript, node: any, moduleDoc: Doc }} phase */
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const parent = node.heritageClauses?.[0]?.types[0];
      if (parent?.expression.getText() !== 'CustomEvent') return;
      const [detail] = parent.typeArguments ?? [];
      const body = node.getText();
      const aliases = localTypes(ts, node.getSourceFile());
      const text = detail
        ?.getText()
        .replace(/\b[A-Z]\w+\b/g, (/** @type {string} */ name) => aliases.get(name) ?? name);
      const { path } = moduleDoc;
      if (classes.has(node.name.text))
        throw new Error(
          `${path}: ${node.name.text} is declared a second time; share one in components/shared.`,
        );
      classes.set(node.name.text, {
        module: path,
        detail: { text: text?.replace(/\s+/g, ' ') ?? 'null' },
        bubbles: /bubbles: true/.test(body),
        composed: /composed: true/.test(body),
        cancelable: /cancelable: true/.test(body),
      });
    },
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      for (const { path, declarations } of customElementsManifest['modules'])
        for (const event of declarations.flatMap(
          (/** @type {Doc} */ doc) => (doc['customElement'] && doc['events']) || [],
        )) {
          const name = event.type?.text;
          const { module, ...known } = classes.get(name) ?? {};
          if (!module) throw new Error(`${path}: "@fires ${event.name}" names no class of events in braces.`);
          event.type.references = [{ name, module }];
          Object.assign(event, known);
        }
    },
  };
}

/** The tokens are described once, above `tokens`; every element with that style sheet takes them. */
export function inheritTokens() {
  /** @type {Doc[]} */
  const tokens = [];
  /** @type {Set<string>} */
  const takers = new Set();
  return {
    name: 'inherit-tokens',
    /** @param {{ ts: TypeScript, node: any, moduleDoc: Doc }} phase */
    analyzePhase({ ts, node, moduleDoc }) {
      if (moduleDoc['path'].endsWith('tokens.styles.ts') && ts.isVariableStatement(node)) {
        const sheet = node.getText();
        for (const tag of ts.getJSDocTags(node)) {
          if (tag.tagName.text !== 'cssprop') continue;
          const [, name, description] = /^(--[\w-]+)\s+-\s+(.+)$/s.exec(String(tag.comment)) ?? [];
          if (!name) throw new Error(`${moduleDoc['path']}: write "@cssprop --name - What it is."`);
          const start = sheet.indexOf(`var(${name},`);
          const line = start < 0 ? '' : sheet.slice(start, sheet.indexOf('\n', start));
          const value = /^var\([\w-]+,\s*(.+)\);$/.exec(line.trim())?.[1];
          tokens.push({
            name,
            description: description?.replace(/\s+/g, ' '),
            ...(value && { default: value }),
          });
        }
      }
      if (ts.isClassDeclaration(node) && node.name) {
        const styles = node.members.find(
          (/** @type {any} */ member) =>
            ts.isPropertyDeclaration(member) && member.name.getText() === 'styles',
        );
        if (/\btokens\b/.test(styles?.getText() ?? '')) takers.add(node.name.text);
      }
    },
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      for (const element of elementsOf(customElementsManifest))
        if (takers.has(element.name)) element.cssProperties = [...(element.cssProperties ?? []), ...tokens];
    },
  };
}

/** Leaves out what no host may use, and marks the elements that only other elements use. */
export function describePublicFace() {
  const { exports: entries } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    name: 'describe-public-face',
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      const { modules } = customElementsManifest;
      for (const module of modules) {
        module.declarations = module.declarations.filter(
          (/** @type {Doc} */ { kind, customElement, superclass }) =>
            kind === 'class' && (customElement || superclass?.name === 'CustomEvent'),
        );
        for (const declaration of module.declarations) {
          declaration.members = declaration.members?.filter(
            (/** @type {Doc} */ { privacy }) => privacy !== 'private' && privacy !== 'protected',
          );
          const { tagName } = declaration;
          if (tagName && !(`./${tagName}` in entries)) declaration.internal = true;
        }
        const names = module.declarations.map((/** @type {Doc} */ { name }) => name);
        module.exports = module.exports.filter(
          (/** @type {Doc} */ { kind, declaration }) =>
            kind === 'custom-element-definition' || names.includes(declaration.name),
        );
      }
      customElementsManifest['modules'] = modules.filter(
        (/** @type {Doc} */ { declarations, exports }) => declarations.length + exports.length > 0,
      );
    },
  };
}

/** The package holds what was built from the sources. */
export function pointToBuild() {
  /** @param {string} path */
  const built = (path) => join('dist', path).replaceAll('\\', '/').replace(/\.ts$/, '.js');
  return {
    name: 'point-to-build',
    /** @param {{ customElementsManifest: Doc }} phase */
    packageLinkPhase({ customElementsManifest }) {
      walkDocs(customElementsManifest, (doc) => {
        for (const key of ['path', 'module'])
          if (typeof doc[key] === 'string' && existsSync(doc[key])) doc[key] = built(doc[key]);
      });
    },
  };
}

/**
 * @param {unknown} value
 * @param {(doc: Doc) => void} visit
 */
function walkDocs(value, visit) {
  if (!value || typeof value !== 'object') return;
  visit(value);
  for (const below of Object.values(value)) walkDocs(below, visit);
}
