import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import S3rver from 's3rver';

import type { S3StoreOptions } from '../../server/attachments/s3-store.js';

/** An S3 server of the test's own, on loopback. */
export interface S3Server {
  readonly options: S3StoreOptions;
  /** Every request it got, such as `PUT /files/tenant/file_…`. */
  readonly requests: readonly string[];
  /** Everything it keeps: objects by their key, and parts of uploads that are not finished. */
  content(): Promise<string[]>;
  dropBucket(): Promise<void>;
  makeBucket(): Promise<void>;
  close(): Promise<void>;
}

const bucket = 'files';
// The keys s3rver knows.
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** Starts s3rver, with the two operations on unfinished uploads that it lacks. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'casement-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  });
  const requests: string[] = [];
  // s3rver keeps its parts in a folder for each upload, beside the bucket's objects.
  const uploads = join(directory, bucket, '._S3rver_uploads');

  async function unfinished(): Promise<{ id: string; key: string }[]> {
    const ids = await readdir(uploads).catch(() => []);
    const found = ids.map(async (id) => ({
      id,
      key: await readFile(join(uploads, id, 'key'), 'utf8').catch(() => ''),
    }));
    return Promise.all(found);
  }

  server.middleware.unshift(async (request, next) => {
    requests.push(`${request.method} ${request.path}`);
    const { uploadId, prefix = '' } = request.query;
    if (request.method === 'DELETE' && uploadId !== undefined) {
      await rm(join(uploads, uploadId.replace(/\W/g, '')), { recursive: true, force: true });
      request.status = 204;
      return;
    }
    if (request.method === 'GET' && 'uploads' in request.query) {
      const found = (await unfinished()).filter(({ key }) => key.startsWith(prefix));
      const items = found.map(
        ({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`,
      );
      request.type = 'application/xml';
      request.body = `<?xml version="1.0"?><ListMultipartUploadsResult>${items.join('')}</ListMultipartUploadsResult>`;
      return;
    }
    await next();
  });

  const { port } = await server.run();
  return {
    options: { bucket, endpoint: `http://127.0.0.1:${port}`, credentials },
    requests,
    async content() {
      const entries = await readdir(join(directory, bucket), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, bucket).length + 1))
        .filter((name) => !/_(metadata\.json|object\.md5)$/.test(name))
        .map((name) => name.replace(/\._S3rver_object$/, ''));
    },
    dropBucket: () => rm(join(directory, bucket), { recursive: true }),
    makeBucket: async () => void (await mkdir(join(directory, bucket), { recursive: true })),
    async close() {
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
