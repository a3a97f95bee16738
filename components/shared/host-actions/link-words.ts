import type { CaseLink } from '../../../src/contract/cases.js';
import { hostText } from './host-text.js';
import type { LinkType } from './host-types.js';

/** What objects of a type are called: by the host, else by the words in the name of the type. */
export function linkTypeLabel(type: string, linkTypes: readonly LinkType[] = []): string {
  const label = linkTypes.find((one) => one.type === type)?.label;
  return label === undefined ? type.replace(/[-_]/g, ' ') : hostText(label);
}

/** A link as one word for lists in running text: "Invoice INV-1". */
export function linkInWords(link: CaseLink, linkTypes?: readonly LinkType[]): string {
  return `${linkTypeLabel(link.type, linkTypes)} ${link.label ?? link.id}`;
}
