/**
 * Registers an element unless the name is taken, so that two copies on one page do not throw. The first one stays and
 * the page is told when it is another class.
 */
export function defineElement(name: string, element: CustomElementConstructor): void {
  const existing = customElements.get(name);
  if (!existing) customElements.define(name, element);
  else if (existing !== element)
    console.warn(`casement: <${name}> is already defined by another copy; this one is not used.`);
}
