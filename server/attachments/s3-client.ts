import type * as ClientS3 from '@aws-sdk/client-s3';
import type * as LibStorage from '@aws-sdk/lib-storage';

import { AttachmentStoreUnavailable } from './store.js';

/** The parts of the official client that the store uses. */
export interface S3Tools {
  readonly s3: typeof ClientS3;
  readonly Upload: (typeof LibStorage)['Upload'];
}

/** Loads the official client: it is large, and only who keeps attachments in S3 installs it. */
export async function loadS3(): Promise<S3Tools> {
  try {
    const [s3, { Upload }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('@aws-sdk/lib-storage'),
    ]);
    return { s3, Upload };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new AttachmentStoreUnavailable(
      'Attachments in S3 need two packages that are not installed: npm i @aws-sdk/client-s3 @aws-sdk/lib-storage',
      { cause: error },
    );
  }
}

interface S3Failure {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether the object is not there; a bucket that is not there is another matter. */
export function isMissing(error: unknown): boolean {
  return (error as S3Failure).name === 'NoSuchKey';
}

/** Whether the server does not offer the operation: some S3-compatible ones cannot list or abort uploads in parts. */
export function isNotOffered(error: unknown): boolean {
  const { name, $metadata } = error as S3Failure;
  return name === 'NotImplemented' || name === 'MethodNotAllowed' || $metadata?.httpStatusCode === 501;
}

/** What is wrong, for the operator, who can mend it. */
export function describeTrouble(
  error: unknown,
  { bucket, endpoint }: { readonly bucket: string; readonly endpoint?: string | undefined },
): string {
  const { name = '', code, message, $metadata } = error as S3Failure;
  const status = $metadata?.httpStatusCode;
  const where = endpoint ?? 'Amazon S3';
  if (name === 'NoSuchBucket' || name === 'NotFound' || status === 404)
    return `The bucket "${bucket}" is not there (${where}). Make it, or name another.`;
  if (status === 301 || name === 'PermanentRedirect')
    return `The bucket "${bucket}" is in another region. Set its region.`;
  if (/credential/i.test(name))
    return `No credentials for the bucket "${bucket}" (${where}): set them, or give the machine a role.`;
  if (status === 401 || status === 403)
    return `The bucket "${bucket}" (${where}) refuses the credentials: ${name || status}.`;
  if (code !== undefined) return `The bucket "${bucket}" cannot be reached at ${where} (${code}).`;
  return `The bucket "${bucket}" (${where}) does not work: ${message ?? name}`;
}
