export { createApp, type AppOptions } from './app.js';
export { createFolderStore } from './attachments/folder-store.js';
export { createS3Store, type S3Store, type S3StoreOptions } from './attachments/s3-store.js';
export { AttachmentStoreUnavailable, AttachmentTooLarge, type AttachmentStore } from './attachments/store.js';
export type {
  Actor,
  CallContext,
  CaseBackend,
  Download,
  GuardedContext,
  NoticeLink,
  PositionedEvent,
  Upload,
  WriteContext,
} from './backend.js';
export { BackendError, type BackendErrorOptions } from './backend-error.js';
export { caseVerdicts, type Said } from './backends/case-verdicts.js';
export { encodePlace, readPlace } from './backends/cursors.js';
export { ForeignBackend } from './backends/foreign-backend.js';
export { createKeptAnswers, type KeptAnswers } from './backends/kept-answers.js';
export {
  createMappedRestBackend,
  mappedRestOptionsSchema,
  type MappedRestOptions,
} from './backends/mapped-rest/index.js';
export {
  createRequestTrackerBackend,
  requestTrackerOptionsSchema,
  type Account as RequestTrackerAccount,
  type RequestTrackerOptions,
  type RequestTrackerSetup,
} from './backends/request-tracker/index.js';
export {
  createVendorClient,
  type VendorClient,
  type VendorClientOptions,
  type VendorRequest,
} from './backends/vendor-client.js';
export { settingsOf, type Vocabulary } from './backends/vocabulary.js';
export {
  createZohoDeskBackend,
  zohoDeskOptionsSchema,
  type ZohoDeskOptions,
} from './backends/zoho-desk/index.js';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres.js';
export { createEngine, type Engine, type EngineOptions, type EventsOptions } from './engine/engine.js';
export type { OutboxLag } from './engine/events/outbox-reader.js';
export {
  NoticeRefused,
  NoticeUnanswered,
  type NoticeChannel,
  type NoticeMessage,
  type NoticeRecipient,
  type SmsChannel,
} from './engine/notices/channel.js';
export type { NoticeOutcome, NoticesOptions } from './engine/notices/options.js';
export type { NoticeLag } from './engine/notices/worker.js';
export type { Database, PoolState } from './engine/sql/database.js';
export { openPGlite } from './engine/sql/pglite.js';
export { openPostgres, type PostgresOptions } from './engine/sql/postgres.js';
export {
  jwtAuthenticator,
  type Authenticate,
  type JwtKey,
  type JwtOptions,
  type SignedIn,
} from './middleware/authenticate.js';
export type { AppLogger, AppObserver, CaseApp, Client, ClientOf } from './middleware/env.js';
export type { LimitName, LimitState, RateLimiter } from './middleware/limits.js';
export { createSmtpChannel, type SmtpChannel, type SmtpOptions } from './notices/smtp-channel.js';
export { createWebhookChannel, signWebhook, type WebhookOptions } from './notices/webhook-channel.js';
export { openApiDocument } from './openapi/document.js';
export { signToken, type SignOptions, type TokenClaims } from './sign-token.js';
