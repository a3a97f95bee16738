import { msg } from '@lit/localize';

/** What a level is called; one that is not known, as the backend calls it. */
export function levelLabel(level: string): string {
  switch (level) {
    case 'full':
      return msg('Full', { id: 'share.level.full' });
    case 'restricted':
      return msg('Restricted', { id: 'share.level.restricted' });
    case 'read-only':
      return msg('Read-only', { id: 'share.level.read-only' });
    case 'collaborate':
      return msg('Can reply', { id: 'share.level.collaborate' });
    case 'view':
      return msg('Can view', { id: 'share.level.view' });
    default:
      return level;
  }
}
