import ts from 'typescript';

const runners = new Set(['it', 'test', 'describe']);
const skipped = new Set(['skip', 'todo', 'fixme', 'skipIf', 'runIf', 'fails']);

/**
 * The behaviours that the tests of a file name (`CC-38`, `E-404`, `decision 4`), read from the names of `it`, `test`,
 * `describe` and steps, and from the tables those names are made of. What a comment or a test's inside says does not
 * count, nor does a test that is skipped.
 */
export function namedBehaviours(source: string): Set<string> {
  const found = new Set<string>();
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isSkipped(node.expression)) return;
    if (ts.isCallExpression(node) && runs(node.expression)) {
      for (const argument of node.arguments) read(argument, found);
      const table = node.arguments.some(hasHoles) && tableAround(node);
      if (table) read(table, found);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function runs(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return runners.has(callee.text);
  if (ts.isPropertyAccessExpression(callee)) return runs(callee.expression);
  // `it.each(table)(name, test)`
  return ts.isCallExpression(callee) && runs(callee.expression);
}

/** What is inside does not run: `it.skip(…)`, `describe.skip.each(table)(…)`. */
function isSkipped(callee: ts.Expression): boolean {
  if (ts.isCallExpression(callee)) return isSkipped(callee.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return (skipped.has(callee.name.text) && runs(callee.expression)) || isSkipped(callee.expression);
}

/** Every id in the texts of an expression, but not in functions: those are the tests themselves. */
function read(node: ts.Node, found: Set<string>): void {
  if (ts.isFunctionLike(node)) return;
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    for (const [id] of node.text.matchAll(/\b(?:[A-Z]{2}-\d\d|E-[A-Z0-9]+|decision \d)\b/g)) found.add(id);
  ts.forEachChild(node, (child) => read(child, found));
}

function hasHoles(node: ts.Node): boolean {
  return ts.isTemplateExpression(node);
}

/** What the loop around a test goes through. */
function tableAround(node: ts.Node): ts.Expression | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isForOfStatement(at)) return at.expression;
    if (ts.isFunctionLike(at)) return undefined;
  }
  return undefined;
}
