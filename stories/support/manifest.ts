/** What the custom elements manifest says of a named thing. */
export interface Described {
  readonly name: string;
  readonly description?: string;
}

/** An element as the manifest describes it. */
export interface ElementEntry {
  readonly tagName: string;
  readonly cssProperties?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly slots?: readonly Described[];
}

/** The custom elements manifest, as far as the pages read it. */
export interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Partial<ElementEntry>[] }[];
}

// Made by `npm run manifest`; without it the pages do without generated controls.
const found = import.meta.glob<Manifest>('../../dist/custom-elements.json', {
  eager: true,
  import: 'default',
});

/** The manifest, where it has been made. */
export const manifest: Manifest | undefined = Object.values(found)[0];

/** The elements of the manifest, by name. */
export function elementEntries(): ElementEntry[] {
  return (manifest?.modules ?? [])
    .flatMap(({ declarations = [] }) => declarations)
    .filter((entry): entry is ElementEntry => entry.tagName !== undefined)
    .sort((a, b) => a.tagName.localeCompare(b.tagName));
}
