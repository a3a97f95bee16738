import { join } from 'node:path';

import { createFolderStore } from '../attachments/folder-store.js';
import type { AttachmentStore } from '../attachments/store.js';
import type { Config } from './config.js';

/** The configured place for attachments. */
export interface OpenAttachments {
  readonly store: AttachmentStore;
  /** For people. */
  readonly where: string;
  close(): void;
}

/** Opens the bucket where one is set, and otherwise the folder in the data folder. */
export async function openAttachments(config: Config): Promise<OpenAttachments> {
  if (config.s3Bucket === undefined) {
    const folder = join(config.dataFolder, 'attachments');
    return { store: createFolderStore(folder), where: folder, close: () => undefined };
  }
  const { createS3Store } = await import('../attachments/s3-store.js');
  const { s3AccessKeyId, s3SecretAccessKey } = config;
  const store = await createS3Store({
    bucket: config.s3Bucket,
    endpoint: config.s3Endpoint,
    region: config.s3Region,
    prefix: config.s3Prefix,
    pathStyle: config.s3PathStyle,
    ...(s3AccessKeyId !== undefined &&
      s3SecretAccessKey !== undefined && {
        credentials: { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey },
      }),
  });
  const where = `the bucket "${config.s3Bucket}" at ${config.s3Endpoint ?? 'Amazon S3'}`;
  return { store, where, close: () => store.close() };
}
