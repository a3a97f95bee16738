import type { PartMessages } from '../localization.messages.js';

/** What the elements say in Italian. */
export const messages: PartMessages<'inboxes'> = {
  'case-link.add': 'Collega',
  'case-link.id': 'Numero o codice',
  'case-link.none': 'Nessun collegamento.',
  'case-link.remove': 'Togli {0}',
  'case-link.type': 'Tipo di collegamento',
  'host-action.above': 'Inserisci più di {0}.',
  'host-action.begun':
    'È stato avviato il {0} e non si sa se sia stato eseguito. Controlla prima di riprovare; un nuovo tentativo ripete la stessa richiesta.',
  'host-action.below': 'Inserisci meno di {0}.',
  'host-action.choose': 'Scegli una voce dell’elenco.',
  'host-action.close': 'Chiudi il caso',
  'host-action.complete': 'Completa il messaggio in arrivo',
  'host-action.done': 'È fatto. Non verrà rifatto.',
  'host-action.ending': 'Quando è fatto',
  'host-action.finished': 'Fatto e annotato nel caso: {0}',
  'host-action.kept': 'Fino ad allora resta conservato in questo browser.',
  'host-action.later': 'Più tardi',
  'host-action.maximum': 'Inserisci {0} o meno.',
  'host-action.minimum': 'Inserisci {0} o più.',
  'host-action.not-a-number': 'Questo non è un numero.',
  'host-action.not-kept':
    'Questo browser non ha potuto conservarlo: lascia aperta questa finestra finché non è annotato.',
  'host-action.not-noted': 'Non è stato possibile annotarlo nel caso.',
  'host-action.offered': 'Che cosa si può fare',
  'host-action.pick': 'Scegli',
  'host-action.reference': 'Riferimento: {0}',
  'host-action.running': 'In corso… Lascia aperta questa finestra.',
  'host-action.step': 'Inserisci un multiplo di {0}.',
  'host-action.too-short':
    'one {Scrivi almeno # carattere.} many {Scrivi almeno # di caratteri.} other {Scrivi almeno # caratteri.}',
  'host-action.unknown':
    'Non c’è stata una risposta chiara: non si sa se sia stato eseguito. Controlla prima di riprovare; un nuovo tentativo ripete la stessa richiesta.',
  'host-action.unwritten': 'Non risulta ancora nel caso: annotalo ora.',
  'host-action.waiting': 'È fatto, ma non risulta ancora nel caso.',
  'host-action.whole': 'Inserisci un numero intero.',
  'host-action.write': 'Annotalo nel caso',
  'host-action.writing': 'Annotazione nel caso…',
};
