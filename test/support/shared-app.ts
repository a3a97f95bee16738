import { createTestApp, type TestApp } from './app.js';
import { openTestDatabase } from './database.js';

let shared: Promise<TestApp> | undefined;

/** The one app of this test process: tests keep apart by tenant. */
export function theApp(): Promise<TestApp> {
  shared ??= openTestDatabase().then((database) => createTestApp(database, { heartbeatMs: 50 }));
  return shared;
}
