import type { LitElement, TemplateResult } from 'lit';
import { isDirectiveResult, isTemplateResult } from 'lit/directive-helpers.js';

import type { ElementClass } from './define.js';

type LitClass = new () => LitElement;

/**
 * A class of its own for an element that is registered under another name: a class can be registered once only. The
 * elements in its templates have the prefix too.
 *
 * @param prefix - With its hyphen: `acme-`.
 */
export function withPrefix(element: LitClass, prefix: string): ElementClass {
  const known = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

  function named(part: unknown): unknown {
    if (Array.isArray(part)) return allNamed(part);
    if (isTemplateResult(part)) {
      const { strings, values } = part as unknown as TemplateResult;
      // Lit knows a template by the identity of its strings.
      return { ...part, strings: known.get(strings) ?? remember(strings), values: allNamed(values) };
    }
    // What a directive is given stands there under a name its type leaves out.
    if (isDirectiveResult(part))
      return { ...part, values: allNamed(Reflect.get(part, 'values') as readonly unknown[]) };
    return part;
  }

  /** The same array where there is nothing to rename: an element that is handed it must not think it another one. */
  function allNamed(parts: readonly unknown[]): readonly unknown[] {
    const renamed = parts.map(named);
    return renamed.some((part, index) => part !== parts[index]) ? renamed : parts;
  }

  function remember(strings: TemplateStringsArray): TemplateStringsArray {
    // Every element with a hyphen in our templates is one of ours.
    const texts = strings.map((text) => text.replace(/(<\/?)(?=[a-z]+-)/g, `$1${prefix}`));
    const renamed = Object.assign(texts, { raw: strings.raw });
    known.set(strings, renamed);
    return renamed;
  }

  return class extends element {
    static readonly tagPrefix = prefix;
    protected override render(): unknown {
      return named(super.render());
    }
  };
}
