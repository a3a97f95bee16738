import { createRoot } from 'react-dom/client';

import { followStrip, type Look, type Visitor } from '../../pages/strip.js';
import { Desk } from './Desk.js';

const place = document.getElementById('app');
if (!place) throw new Error('The page has no place for the desk.');
const root = createRoot(place);

let look: Look = { theme: 'auto' };
let session: { readonly visitor: Visitor; readonly tokenUrl: string } | undefined;

function draw(): void {
  // Another sign-in is another desk: nothing of the last person stays.
  if (session) root.render(<Desk key={session.tokenUrl} look={look} {...session} />);
}

await followStrip({
  look(chosen) {
    look = chosen;
    draw();
  },
  signIn(visitor, tokenUrl) {
    session = { visitor, tokenUrl };
    draw();
  },
  signOut() {
    // The address would open the last person's case to the next.
    history.replaceState(null, '', location.pathname);
  },
});
