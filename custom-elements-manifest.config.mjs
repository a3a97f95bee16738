import {
  describeEvents,
  describePublicFace,
  inheritTokens,
  nameDefinitions,
  pointToBuild,
} from './tools/manifest-plugins.mjs';
import { writeReference } from './tools/reference.mjs';
import { writeTypings } from './tools/typings.mjs';

export default {
  globs: ['components/**/*.ts'],
  exclude: ['components/react/**'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [
    nameDefinitions(),
    describeEvents(),
    inheritTokens(),
    describePublicFace(),
    pointToBuild(),
    writeTypings(),
    writeReference(),
  ],
};
