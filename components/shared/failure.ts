import { msg, str } from '@lit/localize';

import {
  isAuthenticationError,
  isConflictError,
  isForbiddenError,
  isGoneError,
  isLimitError,
  isNetworkError,
  isNotFoundError,
  type LimitError,
} from '../../src/errors.js';
import { formatBytes } from './format.js';
import { formatNumber } from './locale.js';
import { ruleText } from './localization.js';

/** One sentence for a person about why something failed, and what can be done. */
export function failureText(error: unknown): string {
  if (isNotFoundError(error) || isGoneError(error))
    return msg('This is not available. It may have been removed, or it is not shared with you.', {
      id: 'failure.not-found',
    });
  if (isForbiddenError(error))
    return (
      ruleText(error.rule) ?? (error.message || msg('You may not do this.', { id: 'failure.forbidden' }))
    );
  if (isAuthenticationError(error))
    return msg('You are signed out. Sign in again to go on.', { id: 'failure.signed-out' });
  if (isLimitError(error)) return limitText(error);
  if (isConflictError(error)) {
    const who = error.by?.name;
    return who
      ? msg(str`${who} changed this meanwhile.`, { id: 'failure.conflict.by' })
      : msg('Somebody changed this meanwhile.', { id: 'failure.conflict' });
  }
  if (isNetworkError(error))
    return msg('There is no connection. Nothing you typed is lost.', { id: 'failure.network' });
  return msg('Something went wrong. Nothing you typed is lost.', { id: 'failure.other' });
}

/** What the limit is, and what to do about it (E-LIMIT). */
function limitText({ code, limit }: LimitError): string {
  if (limit === undefined)
    return msg('This is more than may be sent at once. Shorten it, or wait a moment.', {
      id: 'failure.limit',
    });
  if (code === 'too_large')
    return msg(str`This is too large: no more than ${formatBytes(limit)} may be sent. Shorten it.`, {
      id: 'failure.limit.size',
    });
  return msg(
    str`This is too often: no more than ${formatNumber(limit)} times a minute. Wait a moment and try again.`,
    { id: 'failure.limit.rate' },
  );
}
