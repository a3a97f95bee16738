/**
 * Whether the page is being built rather than used. Lit knows: its development build, which bundlers choose by the
 * condition `development`, keeps a list of the warnings it gave, and the build for production does not.
 */
export function isDevelopment(): boolean {
  return 'litIssuedWarnings' in globalThis;
}
