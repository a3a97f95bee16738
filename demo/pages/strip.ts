// The strip of the demonstration: who is signed in, the theme, the direction and the language. All pages share it.

/** Somebody the strip offers to be. */
export interface Visitor {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly kind: 'agent' | 'customer';
}

/** How the page looks; a page with a language of its own is told none. */
export interface Look {
  readonly theme: 'light' | 'dark' | 'auto';
  readonly direction?: 'ltr' | 'rtl' | undefined;
  readonly locale?: string | undefined;
}

/** A page that follows the strip. */
export interface Follower {
  /** Told at the start and at every change. */
  look(look: Look): void;
  /** Told at the start and whenever somebody is chosen; `tokenUrl` answers tokens for them. */
  signIn(visitor: Visitor, tokenUrl: string): void;
  /** Told before somebody else is signed in, who waits for it. */
  signOut?(): void | Promise<void>;
}

/** Answers what Larkwell's own server knows. */
export async function ask<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return (await response.json()) as T;
}

const looks = ['theme', 'direction', 'locale'] as const;

/** Fills the strip, and tells `page` what is chosen in it. */
export async function followStrip(page: Follower): Promise<void> {
  const { audience, person: first } = document.body.dataset;
  // The choice of this tab; two tabs can be two people.
  const personKey = `larkwell.${audience}`;
  const lookKey = (name: string) => `larkwell.${name}`;
  const choice = (name: string) => document.querySelector<HTMLSelectElement>(`#demo [name="${name}"]`);

  const tellLook = () => {
    const [theme, direction, locale] = looks.map((name) => choice(name)?.value);
    const look: Look = {
      theme: theme as Look['theme'],
      direction: direction as Look['direction'],
      locale,
    };
    document.documentElement.dataset['theme'] = look.theme;
    if (look.direction) document.documentElement.dir = look.direction;
    page.look(look);
  };
  for (const name of looks) {
    const select = choice(name);
    const kept = sessionStorage.getItem(lookKey(name));
    if (select && kept) select.value = kept;
    select?.addEventListener('change', () => {
      sessionStorage.setItem(lookKey(name), select.value);
      tellLook();
    });
  }
  tellLook();

  const people = (await ask<Visitor[]>('/demo/people')).filter(({ kind }) => kind === audience);
  const person = choice('person');
  if (!person) throw new Error('The page has no strip.');
  person.replaceChildren(...people.map(({ id, name, note }) => new Option(`${name} · ${note}`, id)));
  const wanted = [new URLSearchParams(location.search).get('as'), sessionStorage.getItem(personKey), first];
  const chosen = wanted.find((id) => people.some((visitor) => visitor.id === id));
  if (chosen) person.value = chosen;

  let signIns = 0;
  const signIn = () => {
    const visitor = people.find(({ id }) => id === person.value);
    if (!visitor) return;
    sessionStorage.setItem(personKey, visitor.id);
    // Each sign-in is one of its own, also that of whoever was signed in before.
    page.signIn(visitor, `/demo/token?as=${encodeURIComponent(visitor.id)}&sign-in=${++signIns}`);
  };
  signIn();
  person.addEventListener('change', () => {
    // The address would sign its own person in again at the next load.
    const url = new URL(location.href);
    url.searchParams.delete('as');
    history.replaceState(history.state, '', url);
    void Promise.resolve(page.signOut?.()).then(signIn);
  });
}

/** What a page needs of a `<case-provider>` to follow the strip with it. */
interface Provider extends HTMLElement {
  theme?: Look['theme'] | undefined;
  locale?: string | undefined;
  tokenUrl?: string | undefined;
  logout(): Promise<void>;
}

/** Signs the provider of a page in as whoever the strip says; `onChange` is called before somebody else is signed in. */
export async function signIn(provider: Provider, onChange?: () => void): Promise<void> {
  await followStrip({
    look({ theme, locale }) {
      provider.theme = theme;
      provider.locale = locale;
    },
    signIn(_visitor, tokenUrl) {
      provider.tokenUrl = tokenUrl;
    },
    async signOut() {
      onChange?.();
      await customElements.whenDefined(provider.localName);
      await provider.logout();
    },
  });
}
