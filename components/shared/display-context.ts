import { createContext } from '@lit/context';

/** How the nearest `<case-provider>` wants things shown. */
export interface Display {
  /** BCP 47 tag for dates, numbers and words; the page's own language when absent. */
  readonly locale: string | undefined;
}

export const displayContext = createContext<Display>('casement-display');
