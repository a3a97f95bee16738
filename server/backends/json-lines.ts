import * as jsonc from 'jsonc-parser';

/** Where something is in a JSON document: the names and places that lead there. */
export type JsonPath = readonly (string | number)[];

/** A JSON document that knows on which line each of its values stands. */
export interface JsonDocument {
  readonly value: unknown;
  /** The line of a value, or of its name where `ofName` says so; of what is around it where there is none. From 1. */
  lineOf(path: JsonPath, ofName?: boolean): number;
}

/** The text is no JSON. `line` says where that shows. */
export class BrokenJson extends Error {
  override readonly name = 'BrokenJson';
  readonly line: number;

  constructor(line: number) {
    super(`Line ${line} is not JSON.`);
    this.line = line;
  }
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/**
 * Reads JSON as strictly as `JSON.parse` does.
 *
 * @throws {BrokenJson} which tells the line and quotes nothing: what is read may hold secrets.
 */
export function readJson(given: string): JsonDocument {
  const text = given.replace(/^\uFEFF/, '');
  const errors: jsonc.ParseError[] = [];
  const root = jsonc.parseTree(text, errors, strict);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const [first] = errors;
  if (first || !root) throw new BrokenJson(lineAt(first?.offset ?? 0));
  return {
    value: JSON.parse(text) as unknown,
    lineOf(path, ofName = false) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = jsonc.findNodeAtLocation(root, path.slice(0, length));
        if (node) return lineAt((ofName && node.parent?.type === 'property' ? node.parent : node).offset);
      }
      return lineAt(root.offset);
    },
  };
}
