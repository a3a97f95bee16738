import { ref, shallowRef } from 'vue';

import type { CaseProvider } from 'casement/elements';
import { followStrip, type Look, type Visitor } from '../../pages/strip.js';

/** Who is signed in at the portal, as the strip of the demonstration says; a real one would ask its own session. */
export const visitor = shallowRef<Visitor>();
export const tokenUrl = ref<string>();
export const theme = ref<Look['theme']>('auto');

/** The connection of the elements, once it is in the page. */
export const provider = shallowRef<CaseProvider>();

/** Follows the strip; `leave` is called before somebody else is signed in. */
export function startSession(leave: () => Promise<unknown>): Promise<void> {
  return followStrip({
    look: (look) => (theme.value = look.theme),
    signIn(who, url) {
      visitor.value = who;
      tokenUrl.value = url;
    },
    async signOut() {
      await leave();
      await provider.value?.logout();
    },
  });
}
