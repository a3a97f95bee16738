/** The languages the portal speaks: its own words, the elements bring theirs. */
export const languages = {
  'en-GB': {
    name: 'English',
    overview: 'Overview',
    cases: 'My cases',
    main: 'Main',
    language: 'Language',
    welcome: 'Welcome, {name}',
    plan: 'My plan',
    monthly: 'a month',
    ledger: 'Payments and refunds',
    refund: 'Refund {id}',
  },
  de: {
    name: 'Deutsch',
    overview: 'Übersicht',
    cases: 'Meine Vorgänge',
    main: 'Hauptmenü',
    language: 'Sprache',
    welcome: 'Willkommen, {name}',
    plan: 'Mein Tarif',
    monthly: 'im Monat',
    ledger: 'Zahlungen und Erstattungen',
    refund: 'Erstattung {id}',
  },
  es: {
    name: 'Español',
    overview: 'Resumen',
    cases: 'Mis casos',
    main: 'Principal',
    language: 'Idioma',
    welcome: 'Le damos la bienvenida, {name}',
    plan: 'Mi tarifa',
    monthly: 'al mes',
    ledger: 'Pagos y reembolsos',
    refund: 'Reembolso {id}',
  },
  fr: {
    name: 'Français',
    overview: 'Aperçu',
    cases: 'Mes dossiers',
    main: 'Principal',
    language: 'Langue',
    welcome: 'Bienvenue, {name}',
    plan: 'Mon forfait',
    monthly: 'par mois',
    ledger: 'Paiements et remboursements',
    refund: 'Remboursement {id}',
  },
  it: {
    name: 'Italiano',
    overview: 'Panoramica',
    cases: 'I miei casi',
    main: 'Principale',
    language: 'Lingua',
    welcome: 'Le diamo il benvenuto, {name}',
    plan: 'La mia offerta',
    monthly: 'al mese',
    ledger: 'Pagamenti e rimborsi',
    refund: 'Rimborso {id}',
  },
  ar: {
    name: 'العربية',
    overview: 'نظرة عامة',
    cases: 'طلباتي',
    main: 'القائمة الرئيسية',
    language: 'اللغة',
    welcome: 'مرحبًا، \u2068{name}\u2069',
    plan: 'باقتي',
    monthly: 'شهريًا',
    ledger: 'المدفوعات والمبالغ المستردة',
    refund: 'استرداد \u2068{id}\u2069',
  },
} as const;

export type Language = keyof typeof languages;

/** The words of one language. */
export type Words = Readonly<Record<keyof (typeof languages)['en-GB'], string>>;

export function isLanguage(tag: string | null | undefined): tag is Language {
  return typeof tag === 'string' && Object.hasOwn(languages, tag);
}
