/** Lets a number of calls be under way at once, and none while the vendor asked for a rest. */
export interface Slots {
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** The others wait in the order they came. */
export function createSlots(most: number): Slots {
  const waiting: (() => void)[] = [];
  let underWay = 0;

  return {
    async run(task) {
      if (underWay >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else underWay += 1;
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        // Who waited takes over the place.
        if (next) next();
        else underWay -= 1;
      }
    },
  };
}
