import type { Config, ForeignConfig } from '../config.js';
import { reasonOf } from '../database.js';
import { chooseForeign } from '../foreign.js';
import { look, ok, wrong, type Finding } from './finding.js';

const what = 'Backend';
const say = { ok, warning: look, error: wrong } as const;

/** Whether a foreign backend can be reached and lets us work, as far as its adapter can tell without changing anything. */
export async function checkForeign(config: Config, foreign: ForeignConfig): Promise<Finding[]> {
  const choice = await chooseForeign(foreign);
  const findings: Finding[] = [ok(what, choice.where)];
  if (config.databaseUrl !== undefined) {
    findings.push(look(what, 'DATABASE_URL is not used: the cases are not in a database of ours.'));
  }
  if (config.smtpUrl !== undefined || config.webhookSecret !== undefined) {
    findings.push(look(what, 'Nobody is told anything by this server: that is left to the backend.'));
  }
  try {
    for (const { level, text } of await choice.check()) findings.push(say[level](what, text));
  } catch (error) {
    findings.push(wrong(what, reasonOf(error)));
  }
  return findings;
}
