import { DemoServer } from './demo-server.js';

/** Makes the data that the demonstration of each file begins with, and removes it after the last one. */
// eslint-disable-next-line import-x/no-default-export -- Playwright looks for one.
export default function prepareData(): Promise<() => Promise<void>> {
  return DemoServer.prepare();
}
