import type { Settings } from '../../src/contract/settings.js';
import type { Actor } from '../backend.js';
import { isAdministrator } from './policy/facts.js';
import { hiddenFromCustomers } from './policy/masks.js';

/**
 * The settings as the actor may know them. What is wrong with them is the administrators' to know; which departments have
 * cases, at which level, what the host's automations are called and how inboxes are worked, no customer's. A customer is
 * asked for no field that the portal does not show.
 */
export function tellSettings(settings: Settings, actor: Actor): Settings {
  if (isAdministrator(actor)) return settings;
  const { problems: _, notices: _notices, ...told } = settings;
  if (actor.kind === 'agent') {
    if (!told.inboxes) return told;
    // Rules name inboxes that not everybody knows of.
    const { rules: _rules, ...inboxes } = told.inboxes;
    return { ...told, inboxes };
  }
  const { automations: _automations, inboxes: _inboxes, sharing: rules, ...others } = told;
  const shown = { ...others, dueTypes: [] };
  if (rules === undefined) return shown;
  const { masks: _masks, departmentLevels: _levels, ...sharing } = rules;
  const hidden: ReadonlySet<string> = hiddenFromCustomers(settings);
  const newCase = told.requiredFields.newCase.filter((field) => !hidden.has(field));
  return { ...shown, sharing, requiredFields: { newCase } };
}
