import { exportColumns, type ExportColumn } from '../../src/contract/export.js';

/** The words of a table of cases. */
export interface ExportWords {
  readonly columns: Readonly<Record<ExportColumn, string>>;
  readonly statuses: Readonly<Record<string, string>>;
  readonly formerUser: string;
}

/** @param columns - In the order of `exportColumns`, between bars. */
function words(columns: string, [open, closed]: readonly [string, string], formerUser: string): ExportWords {
  const labels = columns.split('|');
  return {
    columns: Object.fromEntries(exportColumns.map((name, index) => [name, labels[index] ?? name])) as Record<
      ExportColumn,
      string
    >,
    statuses: { open, closed },
    formerUser,
  };
}

const english = words(
  'ID|Number|Subject|Status|Customer|Organisation|Type|Priority|Deadline|Contact method|Tags|Requester|Assignee|Department|Added by|Added|Updated|Replies',
  ['Open', 'Closed'],
  'former user',
);

const catalogues: Readonly<Record<string, ExportWords>> = {
  en: english,
  de: words(
    'ID|Nummer|Betreff|Status|Kunde|Organisation|Art|Priorität|Frist|Kontaktweg|Schlagwörter|Anfragende Person|Zuständig|Abteilung|Hinzugefügt von|Hinzugefügt|Geändert|Antworten',
    ['Offen', 'Geschlossen'],
    'ehemaliges Mitglied',
  ),
  fr: words(
    'ID|Numéro|Objet|Statut|Client|Organisation|Type|Priorité|Échéance|Moyen de contact|Étiquettes|Demandeur|Responsable|Service|Ajouté par|Ajouté|Modifié|Réponses',
    ['Ouvert', 'Clos'],
    'ancien utilisateur',
  ),
  es: words(
    'ID|Número|Asunto|Estado|Cliente|Organización|Tipo|Prioridad|Vencimiento|Medio de contacto|Etiquetas|Solicitante|Responsable|Departamento|Añadido por|Añadido|Actualizado|Respuestas',
    ['Abierto', 'Cerrado'],
    'antiguo usuario',
  ),
  it: words(
    'ID|Numero|Oggetto|Stato|Cliente|Organizzazione|Tipo|Priorità|Scadenza|Metodo di contatto|Tag|Richiedente|Assegnatario|Reparto|Aggiunto da|Aggiunto|Aggiornato|Risposte',
    ['Aperto', 'Chiuso'],
    'ex utente',
  ),
  ar: words(
    'المعرّف|الرقم|الموضوع|الحالة|العميل|المؤسسة|النوع|الأولوية|الموعد النهائي|طريقة التواصل|الوسوم|مقدّم الطلب|المسؤول|القسم|أضافه|أُضيف|آخر تحديث|الردود',
    ['مفتوحة', 'مغلقة'],
    'مستخدم سابق',
  ),
};

/** The words of the language a caller likes best of those there are; English when there is none. */
export function exportWords(acceptLanguage: string | null): ExportWords {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return { language: tag.split('-')[0] ?? '', quality: Number(quality ?? 1) };
    })
    .filter(({ language, quality }) => quality > 0 && Object.hasOwn(catalogues, language))
    .sort((one, other) => other.quality - one.quality);
  return catalogues[wanted[0]?.language ?? ''] ?? english;
}
