// Builds dist/ when a source is newer than the last build, and does nothing otherwise.
//   node build.mjs                     build if needed
//   node build.mjs --then FILE [ARGS]  build if needed, then run FILE in this process
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const folders = ['src', 'components', 'server', 'demo'];
const toolsFolder = 'tools';
const settings = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'rollup.config.mjs',
  'custom-elements-manifest.config.mjs',
  'build.mjs',
];
const stamp = join(root, 'dist/.built');
// The host apps of the demonstration are bundled, not compiled file by file.
const apps = join(root, 'demo/apps');
const builtApps = join(root, 'dist/demo/apps');

/**
 * Every file below a folder, and the folders too, since removing a file changes only its folder.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function walk(folder) {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
  return [folder, ...below];
}

/** @param {string[]} paths */
function newest(paths) {
  return Math.max(0, ...paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

/** @param {string} path */
function isFile(path) {
  return statSync(path).isFile();
}

function isUpToDate() {
  const inputs = [...folders, toolsFolder, ...settings].map((name) => join(root, name));
  const sources = inputs.flatMap((path) => (existsSync(path) && !isFile(path) ? walk(path) : [path]));
  return existsSync(stamp) && newest(sources) <= newest([stamp]);
}

/** What a source that no longer exists once compiled to would otherwise still be imported and published. */
function removeOrphans() {
  for (const folder of folders) {
    for (const output of walk(join(root, 'dist', folder)).filter(isFile)) {
      if (output.startsWith(builtApps)) continue;
      const source = join(root, relative(join(root, 'dist'), output));
      const typescript = source.replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts');
      if (!existsSync(source) && !existsSync(typescript)) rmSync(output);
    }
  }
}

/** Pages, styles, pictures and data keep their place beside the compiled code that reads them. */
async function copyStaticFiles() {
  for (const folder of folders) {
    for (const source of walk(join(root, folder)).filter(isFile)) {
      if (['.ts', '.md'].includes(extname(source)) || source.startsWith(apps)) continue;
      const copy = join(root, 'dist', relative(root, source));
      if (newest([copy]) >= newest([source])) continue;
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(source, copy);
    }
  }
}

/** A tag file that a bundler thinks free of side effects is dropped, and its element never defined. */
function checkSideEffects() {
  /** @type {{ sideEffects: string[] }} */
  const { sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const components = join(root, 'components');
  const names = existsSync(components) ? readdirSync(components) : [];
  for (const name of names.filter((name) => existsSync(join(components, name, `${name}.ts`)))) {
    const entry = `./dist/components/${name}/${name}.js`;
    if (!sideEffects.includes(entry)) throw new Error(`package.json: sideEffects lacks "${entry}".`);
  }
}

/** @param {string[]} command */
async function run(...command) {
  const [status] = await once(spawn(process.execPath, command, { cwd: root, stdio: 'inherit' }), 'exit');
  if (status !== 0) throw new Error(`${basename(command[0] ?? '')} failed (exit code ${status}).`);
}

/** npx looks here first; without the link it installs the checkout into its cache, at every call. */
function linkProgram() {
  const program = join(root, 'dist/server/main.js');
  const link = join(root, 'node_modules/.bin/casement');
  if (process.platform === 'win32' || !existsSync(program) || !existsSync(dirname(link))) return;
  chmodSync(program, 0o755);
  if (!existsSync(link)) {
    rmSync(link, { force: true });
    symlinkSync('../../dist/server/main.js', link);
  }
}

/** Writes the manifest of the elements, which editors, frameworks and Storybook read. */
async function describeElements() {
  const manifest = join(root, 'dist/custom-elements.json');
  const inputs = ['components', toolsFolder, 'custom-elements-manifest.config.mjs', 'package.json'];
  const sources = inputs
    .map((name) => join(root, name))
    .flatMap((path) => (isFile(path) ? [path] : walk(path)));
  if (newest(sources) <= newest([manifest])) return;
  await run(join(root, toolsFolder, 'manifest.mjs'));
}

async function bundle() {
  const entries = ['dist/src/index.js', 'dist/components/index.js'].map((path) => join(root, path));
  if (!entries.every((path) => existsSync(path))) return;
  const inputs = ['src', 'components'].flatMap((name) => walk(join(root, 'dist', name))).filter(isFile);
  const config = ['rollup.config.mjs', 'build.mjs', 'package.json', 'package-lock.json'].map((name) =>
    join(root, name),
  );
  const outputs = ['casement.js', 'casement.all.js', 'case-list.js', 'sri.json'].map((name) =>
    join(root, 'dist/bundle', name),
  );
  const oldest = Math.min(...outputs.map((path) => newest([path])));
  if (newest([...inputs, ...config]) <= oldest) return;
  // What an earlier build left would be published, and listed, too.
  rmSync(join(root, 'dist/bundle'), { recursive: true, force: true });
  await run(join(root, 'node_modules/rollup/dist/bin/rollup'), '--config', 'rollup.config.mjs', '--silent');
  writeIntegrity();
}

/** The host apps of the demonstration: bundled like anybody's, out of the package as it has just been built. */
async function bundleApps() {
  const entry = join(builtApps, 'desk.js');
  const inputs = [
    apps,
    join(root, 'demo/pages'),
    ...['src', 'components'].map((name) => join(root, 'dist', name)),
  ];
  const sources = [...inputs.flatMap(walk).filter(isFile), join(root, 'package-lock.json')];
  if (newest(sources) <= newest([entry])) return;
  await run(join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', join(apps, 'vite.config.mjs'));
}

/** What a page that loads a bundle from elsewhere writes into its script tag, so that no other file runs in its place. */
function writeIntegrity() {
  const folder = join(root, 'dist/bundle');
  const files = walk(folder)
    .filter((path) => path.endsWith('.js'))
    .map((path) => relative(folder, path).replaceAll('\\', '/'));
  const entries = files.sort().map((name) => {
    const hash = createHash('sha384').update(readFileSync(join(folder, name)));
    return [name, `sha384-${hash.digest('base64')}`];
  });
  writeFileSync(join(folder, 'sri.json'), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

async function build() {
  const started = new Date();
  checkSideEffects();
  removeOrphans();
  mkdirSync(join(root, 'dist'), { recursive: true });
  await Promise.all([
    run(join(root, 'node_modules/typescript/bin/tsc'), '--project', 'tsconfig.build.json'),
    describeElements(),
    copyStaticFiles(),
  ]);
  await Promise.all([bundle(), bundleApps()]);
  writeFileSync(stamp, '');
  // An edit made while the build ran must count as newer than it.
  utimesSync(stamp, started, started);
  console.log(`Built dist in ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s.`);
}

/** @param {string[]} args */
async function main(args) {
  const installing = process.env['npm_lifecycle_event'] === 'prepare';
  if (!isUpToDate()) {
    if (installing && !existsSync(join(root, 'node_modules/typescript'))) {
      console.log('Not built: the development packages are not installed.');
      return;
    }
    try {
      await build();
    } catch (error) {
      console.error(`Build: ${error instanceof Error ? error.message : String(error)}`);
      // An install that stops here would leave no way to run the checks that explain it.
      process.exitCode = installing ? 0 : 1;
      return;
    }
  }
  linkProgram();
  const [flag, file, ...rest] = args;
  if (flag !== '--then' || !file) return;
  const path = resolve(root, file);
  process.argv = [process.execPath, path, ...rest];
  await import(pathToFileURL(path).href);
}

await main(process.argv.slice(2));
