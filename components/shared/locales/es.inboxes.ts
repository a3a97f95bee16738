import type { PartMessages } from '../localization.messages.js';

/** What the elements say in Spanish. */
export const messages: PartMessages<'inboxes'> = {
  'case-link.add': 'Vincular',
  'case-link.id': 'Número o identificador',
  'case-link.none': 'Sin vínculos.',
  'case-link.remove': 'Quitar {0}',
  'case-link.type': 'Tipo de vínculo',
  'host-action.above': 'Introduzca más de {0}.',
  'host-action.begun':
    'Esto se inició el {0} y no se sabe si se llevó a cabo. Compruébelo antes de volver a intentarlo; un nuevo intento repite el mismo encargo.',
  'host-action.below': 'Introduzca menos de {0}.',
  'host-action.choose': 'Elija una opción de la lista.',
  'host-action.close': 'Cerrar el caso',
  'host-action.complete': 'Completar el mensaje de la bandeja',
  'host-action.done': 'Esto está hecho. No se hará otra vez.',
  'host-action.ending': 'Cuando esté hecho',
  'host-action.finished': 'Hecho y anotado en el caso: {0}',
  'host-action.kept': 'Hasta entonces se guarda en este navegador.',
  'host-action.later': 'Más tarde',
  'host-action.maximum': 'Introduzca {0} o menos.',
  'host-action.minimum': 'Introduzca {0} o más.',
  'host-action.not-a-number': 'Esto no es un número.',
  'host-action.not-kept':
    'Este navegador no pudo guardarlo: deje esta ventana abierta hasta que quede anotado.',
  'host-action.not-noted': 'No se pudo anotar en el caso.',
  'host-action.offered': 'Qué se puede hacer',
  'host-action.pick': 'Elegir',
  'host-action.reference': 'Referencia: {0}',
  'host-action.running': 'En curso… Deje abierta esta ventana.',
  'host-action.step': 'Introdúzcalo en pasos de {0}.',
  'host-action.too-short':
    'one {Escriba al menos # carácter.} many {Escriba al menos # de caracteres.} other {Escriba al menos # caracteres.}',
  'host-action.unknown':
    'No hubo una respuesta clara: no se sabe si esto se llevó a cabo. Compruébelo antes de volver a intentarlo; un nuevo intento repite el mismo encargo.',
  'host-action.unwritten': 'Aún no consta en el caso: anótelo ahora.',
  'host-action.waiting': 'Está hecho, pero aún no consta en el caso.',
  'host-action.whole': 'Introduzca un número entero.',
  'host-action.write': 'Anotarlo en el caso',
  'host-action.writing': 'Anotando en el caso…',
};
