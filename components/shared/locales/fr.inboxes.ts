import type { PartMessages } from '../localization.messages.js';

/** What the elements say in French. */
export const messages: PartMessages<'inboxes'> = {
  'case-link.add': 'Lier',
  'case-link.id': 'Numéro ou identifiant',
  'case-link.none': 'Aucun lien.',
  'case-link.remove': 'Retirer {0}',
  'case-link.type': 'Type de lien',
  'host-action.above': 'Saisissez plus de {0}.',
  'host-action.begun':
    'Ceci a été commencé le {0}, et on ne sait pas si cela a été fait. Vérifiez avant de réessayer\u00a0; un nouvel essai répète la même demande.',
  'host-action.below': 'Saisissez moins de {0}.',
  'host-action.choose': 'Choisissez dans la liste.',
  'host-action.close': 'Clore le dossier',
  'host-action.complete': 'Terminer le message de la boîte',
  'host-action.done': 'C’est fait. Cela ne sera pas refait.',
  'host-action.ending': 'Une fois que c’est fait',
  'host-action.finished': 'Fait et noté dans le dossier\u00a0: {0}',
  'host-action.kept': 'D’ici là, c’est conservé dans ce navigateur.',
  'host-action.later': 'Plus tard',
  'host-action.maximum': 'Saisissez {0} ou moins.',
  'host-action.minimum': 'Saisissez {0} ou plus.',
  'host-action.not-a-number': 'Ce n’est pas un nombre.',
  'host-action.not-kept':
    'Ce navigateur n’a pas pu le conserver\u00a0: laissez cette fenêtre ouverte jusqu’à ce que ce soit noté.',
  'host-action.not-noted': 'Cela n’a pas pu être noté dans le dossier.',
  'host-action.offered': 'Ce qui peut être fait',
  'host-action.pick': 'Choisir',
  'host-action.reference': 'Référence\u00a0: {0}',
  'host-action.running': 'En cours… Laissez cette fenêtre ouverte.',
  'host-action.step': 'Saisissez un multiple de {0}.',
  'host-action.too-short':
    'one {Écrivez au moins # caractère.} many {Écrivez au moins # de caractères.} other {Écrivez au moins # caractères.}',
  'host-action.unknown':
    'Il n’y a pas eu de réponse claire\u00a0: on ne sait pas si cela a été fait. Vérifiez avant de réessayer\u00a0; un nouvel essai répète la même demande.',
  'host-action.unwritten': 'Ce n’est pas encore noté dans le dossier\u00a0: notez-le maintenant.',
  'host-action.waiting': 'C’est fait, mais ce n’est pas encore noté dans le dossier.',
  'host-action.whole': 'Saisissez un nombre entier.',
  'host-action.write': 'Le noter dans le dossier',
  'host-action.writing': 'Inscription dans le dossier…',
};
