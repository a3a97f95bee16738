import { resolve } from 'node:path';

import type * as z from 'zod/mini';

import type { ForeignKind } from '../backends/open-backend.js';
import { PlainError } from '../embedded/plain-error.js';
import { didYouMean } from './did-you-mean.js';
import type { Setting } from './setting-kinds.js';
import { settings, type SettingName } from './settings.js';

/** How the server is set up: every setting by its name, `dataFolder` as an absolute path. */
export type Config = {
  readonly [N in SettingName]: (typeof settings)[N] extends Setting<infer T> ? T : never;
} & {
  /** Where a backend other than our own engine is configured; absent where the engine is the backend. */
  readonly foreign?: ForeignConfig | undefined;
};

/** Where a foreign backend is configured: in a file of its own, or in the configuration file under `backend`. */
export interface ForeignConfig {
  readonly kind: ForeignKind;
  /** Absent: `path` is still to be read. */
  readonly file?: ConfigFile | undefined;
  readonly path: string;
  /** Where secrets of the environment are taken from, and nothing else. */
  readonly environment: Environment;
}

/** Environment variables, or options that stand for them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What `casement.config.json` says. */
export interface ConfigFile {
  /** How it is called in messages. */
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** As it was read, for messages that name the line. */
  readonly text?: string | undefined;
}

/** Everything that is wrong with the configuration. */
export class ConfigError extends PlainError {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration cannot be used:\n${mistakes.map((line) => `  ${line}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

const entries = Object.entries(settings) as [SettingName, Setting][];

/**
 * Reads the configuration: the environment counts before the file.
 *
 * @throws {ConfigError} naming every mistake at once.
 */
export function readConfig(environment: Environment, file?: ConfigFile): Config {
  const mistakes = unknownNames(file);
  // What belongs together is looked at whether or not each part is right.
  const set = new Set<SettingName>();
  const found = Object.fromEntries(
    entries.map(([name, setting]) => {
      const given = givenFor(name, setting, environment, file);
      if (given.text !== undefined) set.add(name);
      if (given.text === undefined) {
        if (given.mistake !== undefined) mistakes.push(given.mistake);
        return [name, undefined];
      }
      const result = setting.schema.safeParse(given.text);
      if (!result.success) mistakes.push(sentence(given.from, setting, given.text, result.error));
      return [name, result.data];
    }),
  ) as unknown as Config;
  if (set.has('jwtSecret') && set.has('jwksUrl')) {
    mistakes.push('CASEMENT_JWT_SECRET and CASEMENT_JWKS_URL exclude each other: set one.');
  }
  if (found.metricsPort !== undefined && found.metricsPort !== 0 && found.metricsPort === found.port) {
    mistakes.push('CASEMENT_METRICS_PORT must be another port than PORT, or be left out.');
  }
  if (set.has('s3AccessKeyId') !== set.has('s3SecretAccessKey')) {
    mistakes.push('CASEMENT_S3_ACCESS_KEY_ID and CASEMENT_S3_SECRET_ACCESS_KEY belong together: set both.');
  }
  if (!set.has('s3Bucket') && set.has('s3Endpoint')) {
    mistakes.push('CASEMENT_S3_ENDPOINT needs CASEMENT_S3_BUCKET: which bucket there?');
  }
  if (set.has('smtpUrl') && !set.has('mailFrom')) {
    mistakes.push('CASEMENT_SMTP_URL needs CASEMENT_MAIL_FROM: whom is the mail from?');
  }
  if (set.has('webhookSecret') !== (found.webhookTargets ?? []).length > 0) {
    mistakes.push('CASEMENT_WEBHOOK_TARGETS and CASEMENT_WEBHOOK_SECRET belong together: set both.');
  }
  if ((set.has('smtpUrl') || set.has('webhookSecret')) && set.has('jwksUrl') && !set.has('noticeSecret')) {
    mistakes.push('With CASEMENT_JWKS_URL, notices need CASEMENT_NOTICE_SECRET for the links that end them.');
  }
  const foreign = foreignOf(found, environment, file);
  if (foreign === 'unconfigured') {
    mistakes.push(
      `The backend ${found.backend} must be configured: name its file in CASEMENT_BACKEND_CONFIG, or give an object under "backend" in casement.config.json.`,
    );
  }
  if (mistakes.length > 0 || foreign === 'unconfigured') throw new ConfigError(mistakes);
  return { ...found, dataFolder: resolve(found.dataFolder), ...(foreign && { foreign }) };
}

function foreignOf(
  { backend, backendConfig }: Pick<Config, 'backend' | 'backendConfig'>,
  environment: Environment,
  file: ConfigFile | undefined,
): ForeignConfig | 'unconfigured' | undefined {
  // What could not be read is among the mistakes already.
  if (backend === undefined || backend === 'engine') return undefined;
  if (backendConfig !== undefined) return { kind: backend, path: backendConfig, environment };
  if (!file || kindOf(file.content['backend']) !== backend) return 'unconfigured';
  return { kind: backend, file, path: file.path, environment };
}

/** The kind that an object under `backend` names. */
function kindOf(given: unknown): string | undefined {
  const kind = typeof given === 'object' && given !== null && 'kind' in given ? given.kind : undefined;
  return typeof kind === 'string' ? kind : undefined;
}

interface Given {
  readonly from: string;
  readonly text?: string | undefined;
  readonly mistake?: string;
}

function givenFor(
  name: SettingName,
  setting: Setting,
  environment: Environment,
  file: ConfigFile | undefined,
): Given {
  const { env, fallback } = setting;
  // An empty variable is one that is not set.
  const fromEnvironment = environment[env];
  if (fromEnvironment !== undefined && fromEnvironment !== '')
    return { from: env, text: fromEnvironment.trim() };
  const inFile = file && Object.hasOwn(file.content, name) ? file.content[name] : undefined;
  if (file && inFile !== undefined && inFile !== null) {
    const from = `"${name}" in ${file.path}`;
    const text = textOf(inFile) ?? (name === 'backend' ? kindOf(inFile) : undefined);
    if (text === undefined && name === 'backend') {
      return { from, mistake: `${from} must be the kind of a backend, or an object with its "kind".` };
    }
    return text === undefined
      ? { from, mistake: `${from} must be a text, a number, true or false, or a list of texts.` }
      : { from, text };
  }
  return { from: env, text: fallback };
}

/** A value of the file as the environment would write it. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(',');
  return undefined;
}

function sentence(from: string, setting: Setting, given: string, error: z.core.$ZodError): string {
  const shown = setting.secret
    ? `What was given is not shown; it has ${given.length} characters.`
    : `It is ${JSON.stringify(given.length > 100 ? `${given.slice(0, 100)}…` : given)}.`;
  return `${from} ${error.issues[0]?.message ?? 'cannot be read'}. ${shown}`;
}

function unknownNames(file: ConfigFile | undefined): string[] {
  const known = entries.map(([name]) => name);
  return Object.keys(file?.content ?? {})
    .filter((name) => !(known as string[]).includes(name) && name !== '$schema')
    .map((name) => {
      const meant = didYouMean(name, known) ?? entries.find(([, { env }]) => env === name)?.[0];
      return `"${name}" in ${file?.path} is not a setting.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
    });
}

// Read by the tests, and by this program itself.
const otherNames = ['CASEMENT_CONFIG', 'CASEMENT_BROWSER'];
// What Kubernetes sets for a service that is called casement.
const ofServices = /^CASEMENT_(SERVICE_(HOST|PORT)|PORT)(_|$)/;

/** Environment variables that look like settings and are none: said, and not refused, since others may set them. */
export function unknownVariables(environment: Environment): string[] {
  const known = [...entries.map(([, { env }]) => env), ...otherNames];
  return Object.keys(environment)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const isOurs =
        name.startsWith('CASEMENT_') && !name.startsWith('CASEMENT_TEST_') && !ofServices.test(name);
      const meant = isOurs || /^DATABASE_?\w{0,5}$/.test(name) ? didYouMean(name, known) : undefined;
      if (!isOurs && meant === undefined) return [];
      return [`${name} is not a setting.${meant === undefined ? '' : ` Did you mean ${meant}?`}`];
    });
}
