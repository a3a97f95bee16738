/** Lets writes to one ticket follow each other, so that what was compared is still so when it is written. */
export interface Locks {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** Within this process; other writers are found out afterwards. */
export function createLocks(): Locks {
  const last = new Map<string, Promise<unknown>>();
  return {
    run(key, task) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(task, task);
      last.set(key, mine);
      const leave = () => {
        if (last.get(key) === mine) last.delete(key);
      };
      mine.then(leave, leave);
      return mine;
    },
  };
}
