import type { NoticeChannel, NoticeMessage } from '../../server/engine/notices/channel.js';
import type { Oracle } from './oracle.js';
import type { Played } from './oracle-world.js';
import { toldDepartments, type OracleNote, type Someone } from './oracle-words.js';

/** Takes whatever is sent to anybody, and keeps it. */
export class SentNotices implements NoticeChannel {
  readonly name = 'email';
  readonly needsAddress = true;
  #messages: NoticeMessage[] = [];

  send(message: NoticeMessage): Promise<void> {
    this.#messages.push(message);
    return Promise.resolve();
  }

  /** What was sent since this was asked last. */
  take(): NoticeMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }
}

/** CO-10: who was told of a case a moment ago is not told again because it was taken away and given back meanwhile. */
const aMoment = 60_000;

/** Who is told what by e-mail, worked out from the specification. */
export class NoticeOracle {
  readonly #oracle: Oracle;
  /** When whom a share was told to last. */
  readonly #shares = new Map<string, number>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** What is sent because of a step, once it has been done. */
  of(played: Played): string[] {
    if (played.outcome !== 'done') return [];
    return [...this.#ofShares(played), ...this.#ofReply(played), ...this.#ofMessage(played)];
  }

  #reachable(): Someone[] {
    return this.#oracle.known().filter(({ email }) => email !== null);
  }

  /** CO-10, DE-31, DE-32: a co-worker always, a department where it is switched on; customers with the next public note. */
  #ofShares({ given, by }: Played): string[] {
    const oracle = this.#oracle;
    return given.flatMap((grant) => {
      const { of, kind, id } = grant;
      if (of.unit === 'project') return [];
      const reached = this.#reachable().filter((who) => oracle.reaches(grant, who) && oracle.sees(who, of));
      if (kind === 'department' && toldDepartments.includes(id)) {
        return reached.filter((who) => who.id !== by?.id).map((who) => told('share', of.name, who));
      }
      if (kind !== 'person') return [];
      return reached.flatMap((who) => {
        const key = `${who.id} ${of.name}`;
        if (oracle.now - (this.#shares.get(key) ?? -Infinity) < aMoment) return [];
        this.#shares.set(key, oracle.now);
        return told('share', of.name, who);
      });
    });
  }

  /** CO-11, CU-04, CU-05: a public note, to everybody who sees it and hears of it, but for its author. */
  #ofReply({ of, by, step }: Played): string[] {
    const isNote = step.do === 'note' || step.do === 'close' || step.do === 'reopen';
    const note = of?.notes.at(-1);
    if (!isNote || note?.visibility !== 'public' || !of) return [];
    const oracle = this.#oracle;
    return this.#reachable()
      .filter((who) => who.id !== by?.id && oracle.sees(who, of) && oracle.hears(who, of, toldDepartments))
      .map((who) => told('reply', of.name, who, note));
  }

  /** CU-16 */
  #ofMessage({ project, step }: Played): string[] {
    const message = project?.messages.at(-1);
    if (step.do !== 'message' || !project || !message) return [];
    return this.#reachable()
      .filter((who) => who.kind === 'customer' && this.#oracle.seesProject(who, project))
      .map((who) => told('message', project.name, who, message));
  }
}

function told(event: string, name: string, { id }: Pick<Someone, 'id'>, quoted?: OracleNote): string {
  return `${event} of ${name} to ${id}${quoted ? `, with ${quoted.text}` : ''}`;
}

/** The same of what was sent: with every text of anybody's that stands in it. */
export function toldBy(
  { event, about, to, text, html, sms, subject }: NoticeMessage,
  names: ReadonlyMap<string, string>,
  texts: readonly string[],
): string {
  const all = [text, html, sms, subject].join('\n');
  const name = names.get(about.caseId ?? about.projectId ?? '') ?? 'something unknown';
  const quoted = texts.filter((one) => all.includes(one)).map((one) => `, with ${one}`);
  return `${told(event, name, to)}${quoted.join('')}`;
}
