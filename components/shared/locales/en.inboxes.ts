// Taken from the elements by `npm run localize`: change the words there.

/** What the elements say in English, by id: `{0}` is filled in, `#` in a counted phrase is the number. */
export const messages = {} as const;
