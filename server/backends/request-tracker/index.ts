export { createRequestTrackerBackend } from './backend.js';
export { checkRequestTracker } from './check.js';
export {
  requestTrackerOptionsSchema,
  type Account,
  type RequestTrackerOptions,
  type RequestTrackerSetup,
} from './options.js';
