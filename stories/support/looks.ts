/** How a story is looked at, as the toolbar has it. */
export type Theme = 'light' | 'dark' | 'forced';

/** Puts the page of a story into a colour theme. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Puts the page of a story into a writing direction and a language. */
export function applyDirection(direction: string, locale: string): void {
  document.documentElement.dir = direction;
  document.documentElement.lang = locale;
}

/** The direction a language is written in. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return ['ar', 'fa', 'he', 'ur'].includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
