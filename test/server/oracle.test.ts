import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { OracleClock } from '../support/oracle-hands.js';
import { SentNotices } from '../support/oracle-notices.js';
import { certainSteps, stepsArbitrary, type Step } from '../support/oracle-steps.js';
import { allDifferences, differences, takeForRight } from '../support/oracle-watch.js';
import { OracleWorld } from '../support/oracle-world.js';
import { aTellingApp, type TellingApp } from '../support/telling-app.js';

// CASEMENT_ORACLE_STEPS=5000 CASEMENT_ORACLE_SEED=$RANDOM npx vitest run --project server-postgres test/server/oracle.test.ts
const wanted = Number(process.env['CASEMENT_ORACLE_STEPS'] ?? 0);
const isPGlite = process.env['CASEMENT_TEST_ENGINE'] === 'pglite';
const seconds = wanted > 0 ? Infinity : isPGlite ? 3 : 4;
// What a step should have left as it was is asked for in turn, every so many steps, and everything at the end of each sequence.
const nth = Number(process.env['CASEMENT_ORACLE_NTH'] ?? (isPGlite ? 16 : 8));
// PGlite is asked by the same SQL and takes five times as long to answer: the longest of each kind will do.
const tried = certainSteps
  .map((sequence, index) => [index, sequence] as const)
  .filter(([index]) => !isPGlite || wanted > 0 || [0, 3, 5].includes(index));
const seed = Number(process.env['CASEMENT_ORACLE_SEED'] ?? 20_250_301);
const path = process.env['CASEMENT_ORACLE_PATH'] ?? '';
const patience = wanted > 0 ? wanted * 5_000 : 180_000;

const clock = new OracleClock();
const sent = new SentNotices();
let app: TellingApp;

beforeAll(async () => {
  // What ends by itself is told by a timer of its own: nothing happens between the steps.
  const seldom = { pollEvery: 3_600_000, heartbeatMs: 5_000 };
  app = await aTellingApp(() => ({ channels: [sent] }), clock.read, undefined, seldom);
});
afterAll(() => app.dispose());

let steps = 0;
/** Whether a sequence made by chance ends early: there was time enough, or steps enough. */
let enough = (): boolean => false;
const seen = new Map<string, number>();

async function live(sequence: readonly Step[]): Promise<void> {
  const world = await OracleWorld.open(app, sent, clock);
  takeForRight(world);
  try {
    for (const step of sequence) {
      if (enough()) return;
      const played = await world.play(step);
      steps += 1;
      const kind = `${step.do} ${played.outcome}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      const found = await differences(world, played, nth);
      if (wanted > 0 && steps % 100 === 0) console.log(`${steps} steps.`);
      if (found.length > 0) throw new Error(`After ${JSON.stringify(step)}\n${found.join('\n')}`);
    }
    const found = await allDifferences(world);
    if (found.length > 0) throw new Error(`In the end\n${found.join('\n')}`);
  } finally {
    world.close();
  }
}

describe('any sequence of sharing, belonging, editing and time', () => {
  it.each(tried)(
    'DE-15, CO-08, CO-09, CO-10, CO-11, CU-06, CU-19, CU-23, DE-12, decision 7 shows everybody what the rules say: sequence %i',
    (_, sequence) => live(sequence),
    300_000,
  );

  it(
    'shows everybody, after every step, what the rules say and nothing else',
    async () => {
      const end = performance.now() + seconds * 1000;
      let failing = false;
      const property = fc.asyncProperty(stepsArbitrary, async (sequence) => {
        // Once there was a difference, the shortest sequence to it is looked for, however long that takes.
        enough = () => !failing && (performance.now() > end || (wanted > 0 && steps >= wanted));
        if (enough()) return;
        try {
          await live(sequence);
        } catch (error) {
          // The shortest way there may take long to find.
          if (!failing) console.log(String(error));
          failing = true;
          throw error;
        }
      });
      console.log(`Sharing against the oracle: seed ${seed} (CASEMENT_ORACLE_SEED, CASEMENT_ORACLE_STEPS).`);
      const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
        seed,
        path,
        numRuns: Math.max(200, wanted),
      });
      const shortest = counterexample?.[0].map((step) => JSON.stringify(step)).join('\n');
      expect(
        failed ? String(errorInstance) : '',
        `CASEMENT_ORACLE_SEED=${seed} CASEMENT_ORACLE_PATH=${counterexamplePath}\n${shortest}\n`,
      ).toBe('');
      console.log(
        `${steps} steps: ${[...seen]
          .map(([kind, count]) => `${kind} ${count}`)
          .sort()
          .join(', ')}.`,
      );
      expect(steps).toBeGreaterThan(tried.flatMap(([, sequence]) => sequence).length);
    },
    patience,
  );
});
