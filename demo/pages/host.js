// What all pages of the demonstration share: who is signed in, the theme, the direction and the language of the elements.

/** The choice of this tab; two tabs can be two people. */
const audience = document.body.dataset.audience ?? 'agent';
const keys = {
  person: `larkwell.${audience}`,
  theme: 'larkwell.theme',
  direction: 'larkwell.direction',
  locale: 'larkwell.locale',
};
const firstPerson = { agent: 'ada-whitlock', customer: 'eleanor-finch' };

/** Answers what Larkwell's own server knows. */
export async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return response.json();
}

/**
 * Fills the strip of the demonstration, and signs the provider in as the chosen person.
 *
 * @param {import('casement/case-provider').CaseProvider} provider
 * @param {() => void} [onChange] Called before another person is signed in.
 */
export async function signIn(provider, onChange) {
  const form = document.getElementById('demo');
  const { person, theme, direction, locale } = form.elements;

  const applyLook = () => {
    document.documentElement.dataset.theme = theme.value;
    document.documentElement.dir = direction.value;
    provider.theme = theme.value;
    provider.locale = locale.value;
  };
  theme.value = sessionStorage.getItem(keys.theme) ?? 'auto';
  direction.value = sessionStorage.getItem(keys.direction) ?? 'ltr';
  locale.value = sessionStorage.getItem(keys.locale) ?? 'en-GB';
  applyLook();
  for (const select of [theme, direction, locale])
    select.addEventListener('change', () => {
      sessionStorage.setItem(keys[select.name], select.value);
      applyLook();
    });

  const people = (await ask('/demo/people')).filter(({ kind }) => kind === audience);
  person.replaceChildren(...people.map(({ id, name, note }) => new Option(`${name} · ${note}`, id)));
  const wanted = new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem(keys.person);
  person.value = people.some(({ id }) => id === wanted) ? wanted : firstPerson[audience];
  sessionStorage.setItem(keys.person, person.value);

  let signIns = 0;
  const useToken = () => {
    // Each sign-in is one of its own, also that of whoever was signed in before.
    provider.tokenUrl = `/demo/token?as=${encodeURIComponent(person.value)}&sign-in=${++signIns}`;
  };
  useToken();
  person.addEventListener('change', async () => {
    sessionStorage.setItem(keys.person, person.value);
    // The address would sign its own person in again at the next load.
    const url = new URL(location.href);
    url.searchParams.delete('as');
    history.replaceState(history.state, '', url);
    onChange?.();
    await customElements.whenDefined(provider.localName);
    await provider.logout();
    useToken();
  });
}
