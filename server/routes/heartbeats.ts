/** Keeps many event streams open without writing to all of them at the same moment. */
export interface Heartbeats {
  /** Calls `beat` every so often until the answer is called. */
  join(beat: () => void): () => void;
}

const TURNS = 20;

/** @param everyMs - Milliseconds from one beat of a stream to its next. */
export function createHeartbeats(everyMs: number): Heartbeats {
  const turns = Array.from({ length: TURNS }, () => new Set<() => void>());
  const step = everyMs / TURNS;
  let open = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let began = 0;
  /** How many turns have been since it began. */
  let past = 0;
  let place = 0;

  function tick(): void {
    const due = Math.floor((performance.now() - began) / step);
    // After a stall everybody is called once, not once for each beat that was missed.
    past = Math.max(past, due - TURNS);
    for (; past < due; past += 1) for (const beat of turns[past % TURNS] ?? []) beat();
  }

  return {
    join(beat) {
      const turn = turns[place++ % TURNS];
      turn?.add(beat);
      if (open++ === 0) {
        began = performance.now();
        past = 0;
        timer = setInterval(tick, step);
      }
      let joined = true;
      return () => {
        if (!joined) return;
        joined = false;
        turn?.delete(beat);
        if (--open === 0) clearInterval(timer);
      };
    },
  };
}
