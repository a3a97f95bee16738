import type { Config } from '../config.js';
import { reasonOf } from '../database.js';
import { createSmtpChannel } from '../../notices/smtp-channel.js';
import { look, ok, wrong, type Finding } from './finding.js';

const what = 'Notices';
const patience = 5_000;

/** Whether mail can be handed over. Signs in at the mail server, and sends nothing. */
export async function checkNotices(config: Config): Promise<Finding[]> {
  const { smtpUrl, mailFrom, publicUrl, webhookTargets, webhookSecret } = config;
  const findings: Finding[] = [];
  if (smtpUrl !== undefined) {
    const channel = createSmtpChannel({ url: smtpUrl, from: mailFrom ?? '', timeout: patience });
    try {
      await channel.check();
      findings.push(ok(what, `mail from ${mailFrom}`));
    } catch (error) {
      findings.push(wrong(what, `The server of CASEMENT_SMTP_URL cannot be used: ${reasonOf(error)}`));
    } finally {
      await channel.close?.();
    }
    if (publicUrl === undefined) {
      findings.push(look(what, 'No message says how to end them: set CASEMENT_PUBLIC_URL.'));
    } else if (publicUrl.startsWith('http:')) {
      findings.push(look(what, 'Mail programs end notices over https alone: CASEMENT_PUBLIC_URL is not.'));
    }
  }
  if (webhookSecret !== undefined) {
    findings.push(ok(what, `signed requests to ${webhookTargets.length} origins, where settings name them`));
    const clear = webhookTargets.filter((target) => target.startsWith('http:'));
    if (clear.length > 0) findings.push(look(what, `Requests go in the clear to ${clear.join(', ')}`));
  }
  return findings.length > 0 ? findings : [ok(what, 'off: nobody is told anything')];
}
