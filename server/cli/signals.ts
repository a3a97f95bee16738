/** Waits until somebody stops the program (Ctrl-C, SIGTERM). A second Ctrl-C while it stops ends it at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.on('SIGINT', () => process.exit(130));
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
