import type { NoticeChannel } from '../engine/notices/channel.js';
import type { NoticeOutcome, NoticesOptions } from '../engine/notices/options.js';
import { createWebhookChannel } from '../notices/webhook-channel.js';
import type { Config } from './config.js';
import { tokenSecret } from './secret.js';

/** How people are told what happens, as the configuration says; `undefined` where it names no way to reach them. */
export async function noticesOf(
  config: Config,
  onAttempt?: (channel: string, outcome: NoticeOutcome) => void,
): Promise<NoticesOptions | undefined> {
  const { smtpUrl, mailFrom, mailBounces, webhookSecret, webhookTargets, publicUrl, caseUrl } = config;
  const channels: NoticeChannel[] = [];
  if (smtpUrl !== undefined) {
    // Who sends no mail need not wait for the mailer at every start.
    const { createSmtpChannel } = await import('../notices/smtp-channel.js');
    channels.push(createSmtpChannel({ url: smtpUrl, from: mailFrom ?? '', bounces: mailBounces }));
  }
  if (webhookSecret !== undefined) {
    channels.push(createWebhookChannel({ targets: webhookTargets, secret: webhookSecret }));
  }
  if (channels.length === 0) return undefined;
  return { channels, secret: config.noticeSecret ?? tokenSecret(config), publicUrl, caseUrl, onAttempt };
}
