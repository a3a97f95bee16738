/** The environment for a program to be measured: without settings, and without those of measurements and tests, which it does not know. */
export function programEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CASEMENT_')));
}
