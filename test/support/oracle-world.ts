import { vi } from 'vitest';

import type { SharePreview } from '../../src/contract/preview.js';
import { aTenant, type Answer } from './app.js';
import type { EventReader } from './event-reader.js';
import { cast } from './oracle-cast.js';
import { create, doToCase, doToGrant, doToProject, outcomeOf, show } from './oracle-deeds.js';
import { OracleHands, type Doing, type OracleClock } from './oracle-hands.js';
import { NoticeOracle, type SentNotices } from './oracle-notices.js';
import type { Step } from './oracle-steps.js';
import {
  masks,
  toldDepartments,
  type OracleCase,
  type OracleGrant,
  type OracleProject,
  type Outcome,
  type Someone,
} from './oracle-words.js';
import { changeSettings } from './projects.js';
import { setSharing } from './sharing.js';
import type { TellingApp } from './telling-app.js';

const seeded = {
  organisations: [{ id: 'org_quist', name: 'Quist Group' }],
  departments: [{ id: 'dept_legal', name: 'Legal' }],
};

/** What came of a step, and what its events must be. */
export interface Played {
  readonly step: Step;
  readonly outcome: Outcome;
  /** What it was about. */
  readonly of: OracleCase | undefined;
  readonly project: OracleProject | undefined;
  /** The moment of its events. */
  readonly at: string;
  /** Who saw what before, and who sees what since. */
  readonly before: Seen;
  readonly after: Seen;
  /** Of agents alone: an internal note, a department's share. */
  readonly internal: boolean;
  readonly by: Someone | undefined;
  /** The grants it gave. */
  readonly given: readonly OracleGrant[];
  readonly preview: Answer<SharePreview> | undefined;
}

type Seen = ReadonlyMap<string, ReadonlySet<OracleCase | OracleProject>>;

/** A tenant on the server and the oracle's idea of it, in which one step is done after the other. */
export class OracleWorld extends OracleHands {
  /** Every step so far. */
  readonly moments: Played[] = [];
  /** How many events of a reader were looked at, and since which step it follows. */
  readonly judged = new Map<EventReader, { readonly events: number; readonly since: number }>();
  /** What everybody asked for and were shown last, in JSON. */
  readonly shown = new Map<string, string>();
  readonly notices = new NoticeOracle(this.oracle);
  readonly sent: SentNotices;
  readonly #app: TellingApp;

  private constructor(
    app: TellingApp,
    sent: SentNotices,
    ...hands: ConstructorParameters<typeof OracleHands>
  ) {
    super(...hands);
    this.#app = app;
    this.sent = sent;
  }

  static async open(app: TellingApp, sent: SentNotices, clock: OracleClock): Promise<OracleWorld> {
    const [tenant, elsewhere] = [await aTenant(app, seeded), await aTenant(app, seeded)];
    const world = new OracleWorld(app, sent, clock, tenant, elsewhere);
    await setSharing(tenant, {
      departmentRoles: ['customer-service', 'sales-agent', 'system-administrator'],
      organisations: true,
      masks: { department: { full: [], restricted: [], ...masks } },
    });
    const told = toldDepartments.map((id) => [id, { onShare: true, onReply: true }] as const);
    await changeSettings(tenant, {
      portal: { scope: ['own', ...world.oracle.shown] },
      notices: { departments: Object.fromEntries(told) },
    });
    await Promise.all(Object.keys(cast).map((name) => world.signIn(name)));
    for (const [of, by] of (['pia', 'mara', 'ada'] as const).entries()) {
      await world.play({ do: 'create', by, with: [] });
      const department = (['dept_care', 'dept_care', 'dept_network'] as const)[of] ?? null;
      await world.play({ do: 'move', by: 'iris', of, department });
    }
    await world.play({ do: 'create project', by: 'mara', department: null });
    await world.play({ do: 'create project', by: 'yuki', department: 'dept_network' });
    await Promise.all([...world.callers.keys()].map((name) => world.#join(name)));
    return world;
  }

  /** Does it on the server and in the oracle; throws where they do not agree on what came of it. */
  async play(step: Step): Promise<Played> {
    const at = this.clock.tick();
    const { oracle } = this;
    oracle.now = this.clock.read().getTime();
    const before = this.#seen();
    const grants = oracle.grants.length;
    const { answer, expected, of, project, preview, by, internal = false } = await this.#do(step);
    const got = outcomeOf(answer);
    const wanted = expected === 'same' ? 'done' : expected;
    if (got !== wanted) {
      throw new Error(`${JSON.stringify(step)}: ${got}, not ${expected}: ${JSON.stringify(answer?.body)}`);
    }
    const moment = {
      step,
      outcome: expected,
      of,
      project,
      at,
      before,
      after: this.#seen(),
      internal,
      by: by === undefined ? undefined : oracle.who(by),
      given: oracle.grants.slice(grants),
      preview,
    };
    this.moments.push(moment);
    return moment;
  }

  #seen(): Seen {
    const { oracle } = this;
    return new Map(
      [...oracle.people].map(([name, who]) => [
        name,
        new Set([
          ...oracle.cases.filter((one) => oracle.sees(who, one)),
          ...oracle.projects.filter((one) => oracle.seesProject(who, one)),
        ]),
      ]),
    );
  }

  async #do(step: Step): Promise<Doing> {
    const { oracle } = this;
    switch (step.do) {
      case 'wait':
        this.clock.wait(step.minutes);
        oracle.now = this.clock.read().getTime();
        return { expected: 'done' };
      case 'belong':
        return this.#belong(step);
      case 'create':
        return create(this, step.by, step.with);
      case 'show':
        return show(this, step);
      case 'revoke':
      case 'change level':
      case 'change end':
        return doToGrant(this, step);
      case 'create project':
      case 'share project':
      case 'message':
        return doToProject(this, step);
      default:
        return doToCase(this, step);
    }
  }

  async #belong({ who: name, do: _, ...change }: Extract<Step, { do: 'belong' }>): Promise<Doing> {
    const expected = this.oracle.belong(name, change);
    await this.signIn(name);
    // Whoever comes back misses nothing, and is shown nothing of what they may see no more.
    const last = this.readers.get(name)?.events.at(-1)?.id;
    this.readers.get(name)?.leave();
    await this.#join(name, last);
    return { expected };
  }

  async #join(name: string, lastEventId?: string): Promise<void> {
    const reader = await this.follow(name, lastEventId);
    this.judged.set(reader, { events: 0, since: this.moments.length });
  }

  /** Until everything written so far has been judged and handed out, and whoever is to be told has been. */
  async settle(): Promise<void> {
    await vi.waitFor(
      async () => {
        if ((await this.#app.engine.outboxLag()).events > 0) throw new Error('Events wait to be handed out.');
      },
      { timeout: 60_000, interval: 2 },
    );
    await this.#app.quiet();
  }
}
