import { configure, userEvent, waitFor, within, type queries } from 'storybook/test';

/** The queries of Testing Library, inside a shadow root. */
export type Inside = ReturnType<typeof within<typeof queries>>;

/**
 * Goes from element to element through their shadow roots: `inside(canvas, 'case-detail', 'note-composer')`.
 *
 * Testing Library looks into one tree at a time, as do the elements' styles and ids.
 */
export async function inside(from: ParentNode, ...path: readonly string[]): Promise<Inside> {
  return within((await shadowOf(from, ...path)) as unknown as HTMLElement);
}

/** The shadow root at the end of a path of elements. */
export async function shadowOf(from: ParentNode, ...path: readonly string[]): Promise<ShadowRoot> {
  let scope = from;
  for (const name of path) {
    scope = await waitFor(
      () => {
        const root = scope.querySelector(name)?.shadowRoot;
        if (!root) throw new Error(`There is no <${name}>.`);
        return root;
      },
      { timeout: 5_000 },
    );
  }
  return scope as ShadowRoot;
}

/** Patience for what comes over the line: a retry or two, and a slow machine. */
export const patient = { timeout: 8_000 } as const;

/**
 * Puts a new element of the same kind in the place of the first one, as a reload of the page would; what was typed is
 * then brought back from the drafts.
 */
export function renew<T extends HTMLElement>(element: T): T {
  const fresh = element.cloneNode() as T;
  element.replaceWith(fresh);
  return fresh;
}

/**
 * Types over what is in a field.
 *
 * Also where the element emptied it: Storybook's user-event does not look for that in a shadow root, and would go on
 * behind what it typed there before.
 */
export async function retype(field: HTMLElement, text: string): Promise<void> {
  await userEvent.type(field, text, { initialSelectionStart: 0, initialSelectionEnd: Infinity });
}

/** Lets Testing Library say what it did not find in a shadow root, which its own messages cannot print. */
export function sayWhatIsShown(): void {
  configure({
    getElementError: (message, container) =>
      new Error(`${message ?? 'Not found'}\n\nShown: ${wordsOf(container).slice(0, 2_000)}`),
  });
}

function wordsOf(root: ParentNode): string {
  const texts = [...root.querySelectorAll('*:not(style, script, option)')]
    .flatMap(({ childNodes }) => [...childNodes])
    .filter((node) => node instanceof Text)
    .map(({ data }) => data.trim());
  return texts.filter(Boolean).join(' | ');
}
