import type { Actor } from '../../backend.js';
import { BackendError } from '../../backend-error.js';
import { unknownUser, vendorNameOf } from '../identities.js';
import { jsonOf, type VendorClient } from '../vendor-client.js';
import type { RequestTrackerSetup } from './options.js';
import { userSchema, type RtUser } from './wire.js';

/** A session of one user: its cookie spares every request the price of checking a password. */
export interface RtSession {
  readonly cookie: string;
  readonly user: RtUser;
}

/** The sessions of all actors, each with their own. */
export interface RtSessions {
  /** The session of the actor, opened when there is none. `forbidden` for somebody without an account. */
  of(actor: Actor): Promise<RtSession>;
  /** Lets go of a session that is not known any more. */
  forget(actor: Actor, session: RtSession): Promise<void>;
}

const mostSessions = 5_000;

/** Opens sessions as people do: with the form of the web pages. */
export function createSessions(setup: RequestTrackerSetup, client: VendorClient): RtSessions {
  const { baseUrl, identities, accounts, accountOf } = setup;
  const sessions = new Map<string, Promise<RtSession>>();

  async function signIn(actor: Actor, known: string): Promise<RtSession> {
    const own = Object.hasOwn(accounts, known) ? accounts[known] : undefined;
    const account = own ?? (await accountOf?.(known));
    if (!account) throw unknownUser();
    const name = account.user ?? known;
    const answer = await client({
      method: 'POST',
      path: '/NoAuth/Login.html',
      headers: { referer: `${baseUrl.replace(/\/+$/, '')}/`, accept: 'text/html' },
      body: new URLSearchParams({ user: name, pass: account.password }),
      // To sign in twice is to sign in once.
      repeatable: true,
    });
    const cookie = cookieOf(answer);
    // Read to its end: a session is kept only once its page was sent.
    await answer.arrayBuffer();
    if (cookie === undefined) {
      throw new BackendError('unavailable', { detail: 'Request Tracker opened no session.' });
    }
    return { cookie, user: await whoIs(name, cookie, actor) };
  }

  /** The page answers 200 to a wrong password too: only a session that works shows that it was right. */
  async function whoIs(name: string, cookie: string, actor: Actor): Promise<RtUser> {
    const answer = await client({
      path: `/REST/2.0/user/${encodeURIComponent(name)}`,
      headers: { cookie },
    });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw unknownUser();
    }
    const user = userSchema.safeParse(await jsonOf(answer, 'Request Tracker'));
    if (!user.success || user.data.Name === '' || user.data.Disabled === 1) throw unknownUser();
    const byEmail = (identities?.by ?? 'email') === 'email';
    if (byEmail && user.data.EmailAddress.toLowerCase() !== actor.email?.trim().toLowerCase()) {
      throw unknownUser();
    }
    return user.data;
  }

  return {
    of(actor) {
      const known = vendorNameOf(actor, identities);
      const key = JSON.stringify([actor.id, known]);
      const open = sessions.get(key);
      if (open) return open;
      const opening = signIn(actor, known);
      sessions.set(key, opening);
      const [oldest] = sessions.keys();
      if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest);
      opening.catch(() => {
        if (sessions.get(key) === opening) sessions.delete(key);
      });
      return opening;
    },
    async forget(actor, session) {
      const key = JSON.stringify([actor.id, vendorNameOf(actor, identities)]);
      const kept = sessions.get(key);
      const current = await kept?.catch(() => undefined);
      // Somebody else may have signed in anew meanwhile.
      if (current === session && sessions.get(key) === kept) sessions.delete(key);
    },
  };
}

function cookieOf(answer: Response): string | undefined {
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]?.trim());
  return cookies.find((cookie) => cookie?.startsWith('RT_SID_'));
}
