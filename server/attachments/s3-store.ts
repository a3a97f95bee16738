import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import { describeTrouble, isMissing, isNotOffered, loadS3, type S3Tools } from './s3-client.js';
import { AttachmentStoreUnavailable, AttachmentTooLarge, requireKey, type AttachmentStore } from './store.js';

/** Where the bucket is, and who asks. */
export interface S3StoreOptions {
  /** The bucket; it must exist. */
  readonly bucket: string;
  /** Address of an S3-compatible server, such as `https://minio.example.com`; Amazon's own unless told. */
  readonly endpoint?: string | undefined;
  /** Region, such as `eu-south-1`; unless told `us-east-1` with an `endpoint`, and the environment's (`AWS_REGION`) without. */
  readonly region?: string | undefined;
  /** Names the bucket in the path instead of in the host name, as most S3-compatible servers want; with an `endpoint` unless told. */
  readonly pathStyle?: boolean | undefined;
  /** Folder in the bucket that all keys begin with, such as `casement/`; none unless told. */
  readonly prefix?: string | undefined;
  /** Fixed keys; the default chain of the official client (environment, profile, role of the machine) unless told. */
  readonly credentials?:
    | {
        readonly accessKeyId: string;
        readonly secretAccessKey: string;
        readonly sessionToken?: string | undefined;
      }
    | undefined;
}

/** An S3 store holds connections until it is closed. */
export interface S3Store extends AttachmentStore {
  check(): Promise<void>;
  /** Closes the idle connections. */
  close(): void;
}

/**
 * Keeps attachments in a bucket of Amazon S3 or of a server that speaks its language.
 *
 * Bytes stream through in parts of 5 MiB, one at a time, so that an upload holds 10 MiB of memory at most; an object
 * appears when it is whole. Needs the optional packages `@aws-sdk/client-s3` and `@aws-sdk/lib-storage`.
 *
 * @throws {AttachmentStoreUnavailable} naming the command that installs the packages where they are missing.
 */
export async function createS3Store(options: S3StoreOptions): Promise<S3Store> {
  const { s3, Upload } = await loadS3();
  const { bucket, prefix = '' } = options;
  const region = options.region ?? (options.endpoint === undefined ? undefined : 'us-east-1');
  const sockets = { maxSockets: 200 };
  const client = new s3.S3Client({
    forcePathStyle: options.pathStyle ?? options.endpoint !== undefined,
    // S3-compatible servers know nothing of the checksums that Amazon's client would add unasked.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: 5_000,
      socketTimeout: 30_000,
      httpsAgent: sockets,
      httpAgent: sockets,
    },
    ...(region !== undefined && { region }),
    ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
    ...(options.credentials && { credentials: { ...options.credentials } }),
  });

  const target = (key: string) => ({ Bucket: bucket, Key: `${prefix}${requireKey(key)}` });

  /** What goes wrong on the other side is a moment without service, told in words for the operator. */
  async function asked<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw new AttachmentStoreUnavailable(describeTrouble(error, options), { cause: error });
    }
  }

  async function put(key: string, content: ReadableStream<Uint8Array>, limit: number) {
    const place = target(key);
    const counted = countBytes(content, limit);
    const upload = new Upload({
      client,
      params: { ...place, Body: Readable.from(counted.bytes, { objectMode: false }) },
      queueSize: 1,
    });
    try {
      await upload.done();
    } catch (error) {
      // The upload may have failed once more while it was being abandoned: the first cause is the one to tell.
      if (counted.broken) throw counted.broken;
      await counted.cancel(error);
      throw new AttachmentStoreUnavailable(describeTrouble(error, options), { cause: error });
    }
    return { size: counted.size };
  }

  async function remove(key: string): Promise<void> {
    const place = target(key);
    await asked(() => client.send(new s3.DeleteObjectCommand(place)));
    await abortUploads(client, s3, place).catch((error: unknown) => {
      if (!isNotOffered(error)) {
        throw new AttachmentStoreUnavailable(describeTrouble(error, options), { cause: error });
      }
    });
  }

  return {
    put,
    async get(key) {
      const place = target(key);
      try {
        const { Body } = await client.send(new s3.GetObjectCommand(place));
        return (Body?.transformToWebStream() ?? null) as ReadableStream<Uint8Array> | null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw new AttachmentStoreUnavailable(describeTrouble(error, options), { cause: error });
      }
    },
    delete: remove,
    async check() {
      await asked(() => client.send(new s3.HeadBucketCommand({ Bucket: bucket })));
      const key = `check/probe_${randomBytes(8).toString('hex')}`;
      await put(key, new Blob(['Casement was here.']).stream(), 100);
      await remove(key);
    },
    close: () => client.destroy(),
  };
}

/** Aborts what uploads to a key have left in parts: a process that was killed cannot. */
async function abortUploads(
  client: InstanceType<S3Tools['s3']['S3Client']>,
  s3: S3Tools['s3'],
  target: { readonly Bucket: string; readonly Key: string },
): Promise<void> {
  const { Bucket, Key } = target;
  const { Uploads = [] } = await client.send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  for (const { UploadId, Key: found } of Uploads) {
    if (found === Key) await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  }
}

/** Passes bytes on, counts them, and remembers why they stopped. */
function countBytes(content: ReadableStream<Uint8Array>, limit: number) {
  const reader = content.getReader();
  const state = {
    size: 0,
    broken: undefined as Error | undefined,
    bytes: pass(),
    cancel: (reason: unknown) => reader.cancel(reason).catch(() => undefined),
  };

  async function* pass(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        state.size += value.byteLength;
        if (state.size > limit) throw new AttachmentTooLarge(limit);
        yield value;
      }
    } catch (error) {
      state.broken = error instanceof Error ? error : new Error('The upload broke off.', { cause: error });
      await reader.cancel(error).catch(() => undefined);
      throw error;
    }
  }

  return state;
}
