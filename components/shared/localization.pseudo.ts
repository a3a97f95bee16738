const letters: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'],
    ['abcdefghijklmnopqrstuvwxyz', 'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž'],
  ].flatMap(([plain = '', accented = '']) =>
    [...plain].map((letter, index) => [letter, [...accented][index] ?? letter]),
  ),
);

/** A text as it would be in a wordier language: accented, about a third longer, and in brackets that show cuts. */
function pseudo(text: string): string {
  const accented = text.replace(/\{\d\}|[A-Za-z]/g, (part) => letters[part] ?? part);
  const filling = '~'.repeat(Math.ceil(text.replace(/\{\d\}/g, '').length * 0.35));
  return `[${accented}${filling}]`;
}

function pseudoForms(text: string): string {
  if (!/(?:^|\} )other \{.+\}$/.test(text)) return pseudo(text);
  return text.replace(
    /(\w+) \{((?:[^{}]|\{\d\})*)\}/g,
    (_, name: string, form: string) => `${name} {${pseudo(form)}}`,
  );
}

/** English made strange, to see what is not translated and what has no room: for tests and stories. */
export function strange<Messages extends Readonly<Record<string, string>>>(
  english: Messages,
): { readonly [Id in keyof Messages]: string } {
  const texts = Object.entries(english).map(([id, text]) => [id, pseudoForms(text)]);
  return Object.fromEntries(texts) as { readonly [Id in keyof Messages]: string };
}
