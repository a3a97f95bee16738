import * as z from 'zod/mini';

import { backendKinds } from '../backends/open-backend.js';
import {
  matching,
  oneOf,
  optional,
  origins,
  text,
  trustedProxies,
  whole,
  withFallback,
  yesOrNo,
  type Setting,
} from './setting-kinds.js';

const port = whole(0, 65_535, 'a port number');
const perMinute = whole(0, 1_000_000, 'a number of requests a minute (0: no limit)');
const seconds = (most: number) => whole(1, most, 'a number of seconds');
const secretOf = (length: number) =>
  z.string().check(
    z.minLength(length, {
      error: `must be ${length} characters or longer: shorter secrets can be guessed`,
    }),
  );

/**
 * Everything that can be set, by its name in `casement.config.json`. Help, messages and checks are made from it: a new
 * setting is a new line here, read as `config.NAME` wherever a `Config` is handed.
 */
export const settings = {
  port: withFallback('PORT', port, '4180', 'Port to listen on', { option: '--port' }),
  host: withFallback(
    'HOST',
    matching(/^[\w.:-]+$/, 'must be a host name or an address to listen on'),
    '127.0.0.1',
    'Address to listen on',
    { option: '--host' },
  ),
  dataFolder: withFallback('CASEMENT_DATA', text, '.casement', 'Data folder: database, attachments, secret', {
    option: '--data',
  }),
  backend: withFallback(
    'CASEMENT_BACKEND',
    oneOf(...backendKinds),
    'engine',
    'Where the cases are: engine, request-tracker, zoho-desk or mapped-rest',
  ),
  backendConfig: optional('CASEMENT_BACKEND_CONFIG', text, 'JSON file that configures that backend', {
    unless: '"backend" in casement.config.json, an object with its "kind"',
  }),
  databaseUrl: optional(
    'DATABASE_URL',
    matching(/^postgres(ql)?:\/\/\S+$/, 'must begin with postgres:// or postgresql://'),
    'A PostgreSQL of your own (15 or newer)',
    { unless: 'embedded PostgreSQL', secret: true },
  ),
  databaseConnections: withFallback(
    'CASEMENT_DATABASE_CONNECTIONS',
    whole(1, 1_000, 'a number of connections'),
    '10',
    'Connections to it at most; one more listens',
  ),

  jwtSecret: optional('CASEMENT_JWT_SECRET', secretOf(32), 'Secret your server signs tokens with (HS256)', {
    unless: 'one made in the data folder',
    secret: true,
  }),
  jwksUrl: optional(
    'CASEMENT_JWKS_URL',
    matching(/^https?:\/\/\S+$/, 'must be an http or https address'),
    'Or: address of its public keys (RS256, ES256, EdDSA)',
    { unless: '' },
  ),
  issuer: optional('CASEMENT_ISSUER', text, 'What "iss" of a token must be', { unless: 'anything' }),
  audience: optional('CASEMENT_AUDIENCE', text, 'What "aud" of a token must be', { unless: 'anything' }),
  allowedOrigins: withFallback(
    'CASEMENT_ALLOWED_ORIGINS',
    origins,
    '',
    'Origins whose pages may call, separated by commas',
    { unless: 'none' },
  ),

  attachmentQuotaMegabytes: optional(
    'CASEMENT_ATTACHMENT_QUOTA_MB',
    whole(1, 999_999_999, 'a number of megabytes'),
    'What all files of a tenant may have together, in MB',
    { unless: 'no limit' },
  ),
  s3Bucket: optional('CASEMENT_S3_BUCKET', text, 'Bucket for the attachments (S3 or compatible)', {
    unless: 'the data folder keeps them',
  }),
  s3Endpoint: optional(
    'CASEMENT_S3_ENDPOINT',
    matching(/^https?:\/\/\S+$/, 'must be an http or https address'),
    'Address of an S3-compatible server',
    { unless: "Amazon's" },
  ),
  s3Region: optional('CASEMENT_S3_REGION', text, 'Region of the bucket', { unless: 'as AWS_REGION says' }),
  s3Prefix: optional('CASEMENT_S3_PREFIX', text, 'Folder in the bucket that all keys begin with', {
    unless: 'none',
  }),
  s3PathStyle: optional('CASEMENT_S3_PATH_STYLE', yesOrNo, 'Whether the bucket stands in the path', {
    unless: 'true with an endpoint',
  }),
  s3AccessKeyId: optional('CASEMENT_S3_ACCESS_KEY_ID', text, 'Access key of the bucket', {
    unless: 'as the AWS client finds it',
  }),
  s3SecretAccessKey: optional('CASEMENT_S3_SECRET_ACCESS_KEY', text, 'And its secret', {
    unless: 'as the AWS client finds it',
    secret: true,
  }),

  smtpUrl: optional(
    'CASEMENT_SMTP_URL',
    matching(/^smtps?:\/\/\S+$/, 'must begin with smtp:// or smtps://'),
    'Mail server for notices, with its user and password',
    { unless: 'nobody gets mail', secret: true },
  ),
  mailFrom: optional(
    'CASEMENT_MAIL_FROM',
    matching(
      /^[^<>\r\n@]*<?[^\s@<>,;]+@[^\s@<>,;]+>?$/,
      'must be an address such as Cases <cases@example.com>',
    ),
    'Whom that mail is from',
    { unless: '' },
  ),
  mailBounces: optional(
    'CASEMENT_MAIL_BOUNCES',
    matching(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'must be an address such as bounces@example.com'),
    'Address that mail which comes back goes to, for casement bounce',
    { unless: 'the address it is from' },
  ),
  publicUrl: optional(
    'CASEMENT_PUBLIC_URL',
    matching(/^https?:\/\/\S+$/, 'must be an http or https address'),
    'Where this server is reached, for links in mail that end notices',
    { unless: 'no such links' },
  ),
  caseUrl: optional(
    'CASEMENT_CASE_URL',
    matching(/^https?:\/\/\S+$/, 'must be an http or https address, with {id} or {number} in it'),
    'Page a case opens in, with {id}, {number} or {tenant} in it',
    { unless: 'no links to cases' },
  ),
  webhookTargets: withFallback(
    'CASEMENT_WEBHOOK_TARGETS',
    origins,
    '',
    'Origins that administrators may have notices sent to',
    { unless: 'none' },
  ),
  webhookSecret: optional('CASEMENT_WEBHOOK_SECRET', secretOf(32), 'Secret those requests are signed with', {
    unless: '',
    secret: true,
  }),
  noticeSecret: optional(
    'CASEMENT_NOTICE_SECRET',
    secretOf(32),
    'Secret of the links that end notices; the same for every process',
    { unless: 'made of the token secret', secret: true },
  ),

  trustProxy: withFallback(
    'CASEMENT_TRUST_PROXY',
    trustedProxies,
    '0',
    'Proxies whose X-Forwarded-For and -Proto count: how many, or which addresses',
    { unless: '0: none' },
  ),
  requireTls: withFallback(
    'CASEMENT_REQUIRE_TLS',
    yesOrNo,
    'false',
    'Whether requests that came in the clear are refused',
  ),

  limitReads: withFallback('CASEMENT_LIMIT_READS', perMinute, '1200', 'Reads of one actor a minute'),
  limitWrites: withFallback('CASEMENT_LIMIT_WRITES', perMinute, '300', 'Writes of one actor a minute'),
  limitUploads: withFallback('CASEMENT_LIMIT_UPLOADS', perMinute, '60', 'Uploads of one actor a minute'),
  limitStreams: withFallback(
    'CASEMENT_LIMIT_STREAMS',
    perMinute,
    '120',
    'Event streams one actor may begin a minute',
  ),
  limitAddress: withFallback(
    'CASEMENT_LIMIT_ADDRESS',
    perMinute,
    '6000',
    'Requests of one client address a minute, counted before the token',
  ),
  streamsPerActor: withFallback(
    'CASEMENT_STREAMS_PER_ACTOR',
    whole(0, 1_000_000, 'a number of event streams (0: no limit)'),
    '50',
    'Event streams one actor may have open',
  ),

  headersTimeout: withFallback(
    'CASEMENT_HEADERS_TIMEOUT',
    seconds(600),
    '15',
    'Seconds the headers of a request may take',
  ),
  bodyTimeout: withFallback(
    'CASEMENT_BODY_TIMEOUT',
    seconds(600),
    '30',
    'Seconds a JSON body may take, and an upload between two pieces',
  ),
  requestTimeout: withFallback(
    'CASEMENT_REQUEST_TIMEOUT',
    seconds(86_400),
    '300',
    'Seconds a whole request may take to arrive, an upload too',
  ),
  keepAlive: withFallback(
    'CASEMENT_KEEP_ALIVE',
    seconds(3_600),
    '75',
    'Seconds an idle connection is kept: longer than the proxy keeps it',
  ),

  shutdownDelay: withFallback(
    'CASEMENT_SHUTDOWN_DELAY',
    whole(0, 600, 'a number of seconds'),
    '0',
    'Seconds to go on answering, not ready, before the port is closed',
  ),
  shutdownGrace: withFallback(
    'CASEMENT_SHUTDOWN_GRACE',
    seconds(3_600),
    '10',
    'Seconds that requests under way may then take',
  ),

  metricsPort: optional('CASEMENT_METRICS_PORT', port, 'Port of its own for /metrics, on HOST', {
    unless: 'the same port',
  }),
  metricsToken: optional('CASEMENT_METRICS_TOKEN', secretOf(16), 'Bearer token that /metrics asks for', {
    unless: 'none asked for',
    secret: true,
  }),
  logLevel: withFallback(
    'CASEMENT_LOG_LEVEL',
    oneOf('info', 'error', 'silent'),
    'info',
    'What is logged: a line a request, failures alone, or nothing',
  ),
} as const satisfies Record<string, Setting>;

/** The name of a setting. */
export type SettingName = keyof typeof settings;
