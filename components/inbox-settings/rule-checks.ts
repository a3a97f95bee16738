import { msg } from '@lit/localize';

import { tooLongText, type FieldErrors, type Sentence } from '../shared/field-errors.js';
import { messageLimit } from '../shared/inbox/hand-over.js';
import { checkList, valueError } from '../shared/settings/list-checks.js';
import { ruleConditions, type RulesValues, type RuleValue } from './rule-values.js';

const mostDays = 365;

/** Under which name an error about a rule stands. */
export function ruleError(id: string, field: keyof RuleValue): string {
  return `rules.${id}.${field}`;
}

/** What can be told without a request, by field: `dueTypes.call`, `rules.ID.inboxId`. */
export function checkValues(values: RulesValues): FieldErrors {
  const errors: Record<string, Sentence> = checkList('dueTypes', values.dueTypes);
  for (const rule of values.rules) {
    const { id, inboxId, message } = rule;
    if (!inboxId)
      errors[ruleError(id, 'inboxId')] = () => msg('Choose an inbox.', { id: 'inbox.error.required' });
    if (message.trim().length > messageLimit)
      errors[ruleError(id, 'message')] = () => tooLongText(messageLimit);
    if (needsDays(rule, values) && !isDays(rule.dueInDays))
      errors[ruleError(id, 'dueInDays')] = () =>
        msg('Enter a whole number of days from 0 to 365.', { id: 'settings.due-soon.invalid' });
  }
  return errors;
}

/** Whether what is due by a rule needs a date. */
export function needsDays({ dueType }: RuleValue, { dueTypes }: RulesValues): boolean {
  return dueTypes.some(({ id, dateRequired }) => id === dueType && dateRequired === true);
}

function isDays(text: string): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) <= mostDays;
}

const ruleFields: readonly (keyof RuleValue)[] = [
  ...ruleConditions,
  'inboxId',
  'dueType',
  'dueInDays',
  'message',
];

/** Where the server's word about a field belongs: it counts the values of a list, and the rules. */
export function fieldPlace(field: string, values: RulesValues): string | undefined {
  const [list, part, index, ...rest] = field.split('.');
  if (list === 'dueTypes') {
    const value = values.dueTypes[Number(part)];
    return value ? valueError('dueTypes', value.id) : undefined;
  }
  if (list !== 'inboxes') return undefined;
  if (part === 'requireOwnership' || part === 'severalAtOnce') return part;
  const rule = part === 'rules' ? values.rules[Number(index)] : undefined;
  if (!rule) return part === 'rules' ? 'rules' : undefined;
  const named = ruleFields.find((name) => rest.includes(name));
  return ruleError(rule.id, named ?? 'inboxId');
}
