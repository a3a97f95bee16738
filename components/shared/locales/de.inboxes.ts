import type { PartMessages } from '../localization.messages.js';

/** What the elements say in German. */
export const messages: PartMessages<'inboxes'> = {
  'case-link.add': 'Verknüpfen',
  'case-link.id': 'Nummer oder Kennung',
  'case-link.none': 'Mit nichts verknüpft.',
  'case-link.remove': '{0} entfernen',
  'case-link.type': 'Art der Verknüpfung',
  'host-action.above': 'Geben Sie mehr als {0} ein.',
  'host-action.begun':
    'Dies wurde am {0} begonnen, und es ist nicht bekannt, ob es ausgeführt wurde. Sehen Sie nach, bevor Sie es noch einmal versuchen; ein neuer Versuch wiederholt denselben Auftrag.',
  'host-action.below': 'Geben Sie weniger als {0} ein.',
  'host-action.choose': 'Wählen Sie einen Eintrag der Liste.',
  'host-action.close': 'Den Vorgang schließen',
  'host-action.complete': 'Die Nachricht im Eingang erledigen',
  'host-action.done': 'Dies ist ausgeführt. Es wird nicht noch einmal ausgeführt.',
  'host-action.ending': 'Wenn es ausgeführt ist',
  'host-action.finished': 'Ausgeführt und am Vorgang vermerkt: {0}',
  'host-action.kept': 'Bis dahin bleibt es in diesem Browser aufbewahrt.',
  'host-action.later': 'Später',
  'host-action.maximum': 'Geben Sie höchstens {0} ein.',
  'host-action.minimum': 'Geben Sie mindestens {0} ein.',
  'host-action.not-a-number': 'Das ist keine Zahl.',
  'host-action.not-kept':
    'Dieser Browser konnte es nicht aufbewahren: Lassen Sie dieses Fenster offen, bis es vermerkt ist.',
  'host-action.not-noted': 'Dies konnte nicht am Vorgang vermerkt werden.',
  'host-action.offered': 'Was getan werden kann',
  'host-action.pick': 'Auswählen',
  'host-action.reference': 'Referenz: {0}',
  'host-action.running': 'Wird ausgeführt … Bitte lassen Sie dieses Fenster offen.',
  'host-action.step': 'Geben Sie es in Schritten von {0} ein.',
  'host-action.too-short':
    'one {Schreiben Sie mindestens # Zeichen.} other {Schreiben Sie mindestens # Zeichen.}',
  'host-action.unknown':
    'Es kam keine klare Antwort: Es ist nicht bekannt, ob dies ausgeführt wurde. Sehen Sie nach, bevor Sie es noch einmal versuchen; ein neuer Versuch wiederholt denselben Auftrag.',
  'host-action.unwritten': 'Es steht noch nicht am Vorgang: Vermerken Sie es jetzt dort.',
  'host-action.waiting': 'Dies ist ausgeführt, steht aber noch nicht am Vorgang.',
  'host-action.whole': 'Geben Sie eine ganze Zahl ein.',
  'host-action.write': 'Am Fall vermerken',
  'host-action.writing': 'Wird am Vorgang vermerkt …',
};
