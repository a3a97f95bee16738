import type { Choice, Settings } from '../../../src/contract/settings.js';
import type { ZohoDeskOptions } from './options.js';

/** What the choices of one list are called in Zoho. */
export interface ValueList {
  /** What Zoho calls a choice. */
  there(id: string): string;
  /** The choice of a value; a value of Zoho's own stands for itself. */
  here(value: string | null | undefined): string | null;
}

/** What is called how in Zoho. */
export interface Values {
  readonly type: ValueList;
  readonly priority: ValueList;
  readonly contactMethod: ValueList;
  /** The field of Zoho that holds the type. */
  readonly typeField: string;
}

export function createValues({ values = {}, fields = {} }: ZohoDeskOptions, settings: Settings): Values {
  return {
    type: listOf(settings.caseTypes, values.caseTypes),
    priority: listOf(settings.priorities, values.priorities),
    contactMethod: listOf(settings.contactMethods, values.contactMethods),
    typeField: fields.type ?? 'classification',
  };
}

function listOf(choices: readonly Choice[], named: Readonly<Record<string, string>> = {}): ValueList {
  const there = new Map(
    choices.map(({ id, label }) => [id, Object.hasOwn(named, id) ? (named[id] ?? label) : label]),
  );
  const here = new Map([...there].map(([id, value]) => [value.toLowerCase(), id]));
  return {
    there: (id) => there.get(id) ?? id,
    here(value) {
      if (value === null || value === undefined || value.trim() === '' || value === '-None-') return null;
      return here.get(value.toLowerCase()) ?? value;
    },
  };
}
