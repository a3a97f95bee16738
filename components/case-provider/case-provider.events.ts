export { ConfigErrorEvent } from '../shared/config-error.js';
