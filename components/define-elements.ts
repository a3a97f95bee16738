import type { ReactiveElement } from 'lit';

import { ConfigError } from '../src/errors.js';
import { CaseDetail } from './case-detail/case-detail.element.js';
import { CaseTimeline } from './case-detail/case-timeline.element.js';
import { CaseEditPanel } from './case-edit-panel/case-edit-panel.element.js';
import { CaseFiltersBar } from './case-filters/case-filters.element.js';
import { CaseForm } from './case-form/case-form.element.js';
import { CaseList } from './case-list/case-list.element.js';
import { CaseProvider } from './case-provider/case-provider.element.js';
import { CaseSettings } from './case-settings/case-settings.element.js';
import { CaseTools } from './case-tools/case-tools.element.js';
import { InboxSettings } from './inbox-settings/inbox-settings.element.js';
import { InboxTable } from './inbox-table/inbox-table.element.js';
import { NoteComposer } from './note-composer/note-composer.element.js';
import { ShareManager } from './share-manager/share-manager.element.js';
import { PortalSettings } from './portal-settings/portal-settings.element.js';
import { ProjectPanel } from './project-panel/project-panel.element.js';
import { SharedWith } from './shared-with/shared-with.element.js';
import { defineElement } from './shared/define.js';
import { withPrefix } from './shared/with-prefix.js';

const classes = {
  'case-provider': CaseProvider,
  'case-list': CaseList,
  'case-filters': CaseFiltersBar,
  'case-tools': CaseTools,
  'case-detail': CaseDetail,
  'case-timeline': CaseTimeline,
  'note-composer': NoteComposer,
  'case-form': CaseForm,
  'case-edit-panel': CaseEditPanel,
  'case-settings': CaseSettings,
  'project-panel': ProjectPanel,
  'shared-with': SharedWith,
  'portal-settings': PortalSettings,
  'inbox-settings': InboxSettings,
  'inbox-table': InboxTable,
  'share-manager': ShareManager,
} as const;

/** The usual name of an element. */
export type CaseElementName = keyof typeof classes;

/** The element of a usual name. */
export type CaseElement<K extends CaseElementName> = InstanceType<(typeof classes)[K]>;

/** The names the elements have with a prefix; with none, the usual ones. */
export type CaseElementNames<P extends string = ''> = {
  readonly [K in CaseElementName]: P extends '' ? K : `${P}-${K}`;
};

/**
 * The elements by the names they have with a prefix, for TypeScript.
 *
 * @example
 * ```ts
 * declare global {
 *   interface HTMLElementTagNameMap extends PrefixedCaseElements<'acme'> {}
 * }
 * ```
 */
export type PrefixedCaseElements<P extends string> = {
  [K in CaseElementName as `${P}-${K}`]: CaseElement<K>;
};

/** How the elements are to be named. */
export interface DefineOptions<P extends string = string> {
  /** `acme` for `<acme-case-list>`: lower-case letters, digits and hyphens, a letter first. Absent: the usual names. */
  readonly prefix?: P | undefined;
}

/**
 * Registers every element, under the usual names or under names of their own: `<acme-case-list>` beside whatever else is
 * on the page, another version of this package too. What an element shows inside follows its prefix.
 *
 * Doing it twice is no error. A name that belongs to another script or version stays theirs, and `console.warn` says so.
 *
 * @returns The name of each element.
 * @throws {ConfigError} `invalid_configuration`: no name of an element can start with `prefix`.
 *
 * @example
 * ```ts
 * const names = defineCaseElements({ prefix: 'acme' });
 * document.createElement(names['case-list']);
 * ```
 */
export function defineCaseElements<const P extends string = ''>({
  prefix,
}: DefineOptions<P> = {}): CaseElementNames<P> {
  if (prefix && !/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(prefix))
    throw new ConfigError(
      `The prefix "${prefix}" cannot start the name of an element: use lower-case letters, digits and hyphens, as in "acme".`,
      { code: 'invalid_configuration' },
    );
  const names = Object.entries(classes).map(([name, element]) => {
    const full = prefix ? `${prefix}-${name}` : name;
    defineElement(full, prefix ? withPrefix(element, `${prefix}-`) : element);
    return [name, full];
  });
  return Object.fromEntries(names) as CaseElementNames<P>;
}

/** The class of an element, to ask which properties it has. */
export function classOf(name: string): (typeof ReactiveElement & CustomElementConstructor) | undefined {
  return Object.hasOwn(classes, name) ? classes[name as CaseElementName] : undefined;
}
