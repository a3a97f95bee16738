const signals = { SIGINT: 130, SIGTERM: 143 } as const;

/** Waits until somebody stops the program (Ctrl-C, SIGTERM). Told a second time while it stops, it ends at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    for (const [signal, code] of Object.entries(signals)) {
      process.on(signal, () => {
        if (told) process.exit(code);
        told = true;
        resolve();
      });
    }
  });
}
