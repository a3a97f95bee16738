import { ConfigError } from '../../src/errors.js';
import { tokens } from '../shared/tokens.styles.js';

/** What a host may set: `accent` is the custom property `--case-accent`. */
export type CaseToken =
  | 'accent'
  | 'onAccent'
  | 'accentSoft'
  | 'surface'
  | 'surfaceSunken'
  | 'surfaceRaised'
  | 'text'
  | 'textMuted'
  | 'line'
  | 'lineStrong'
  | 'positive'
  | 'positiveSoft'
  | 'caution'
  | 'cautionSoft'
  | 'critical'
  | 'criticalSoft'
  | 'internal'
  | 'internalLine'
  | 'shadow'
  | 'radius'
  | 'radiusCard'
  | 'controlSize'
  | 'motion'
  | 'font'
  | 'fontSize';

/** How the elements look. */
export interface CaseAppearance {
  /** Colour theme: `auto` is the reader's own; the host page's when absent. */
  readonly theme?: 'light' | 'dark' | 'auto' | undefined;
  /** Values of design tokens, as CSS writes them: `{ accent: '#0a7', radius: '2px' }`. Absent ones keep their own. */
  readonly variables?: Readonly<Partial<Record<CaseToken, string>>> | undefined;
}

/**
 * The custom properties of an appearance.
 *
 * @throws {ConfigError} `invalid_configuration`: there is no such theme or token.
 */
export function customProperties({ theme, variables = {} }: CaseAppearance): [string, string][] {
  if (theme !== undefined && !['light', 'dark', 'auto'].includes(theme))
    throw wrong(`There is no theme "${theme}": choose light, dark or auto.`);
  return Object.entries(variables).map(([token, value]) => {
    const property = `--case-${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    // The tokens themselves are the list of what there is.
    if (!tokens.cssText.includes(`var(${property},`)) throw wrong(`There is no design token "${token}".`);
    return [property, value];
  });
}

function wrong(message: string): ConfigError {
  return new ConfigError(message, { code: 'invalid_configuration' });
}
