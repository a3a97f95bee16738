/** What the tests use of `s3rver`, which comes without types. */
declare module 's3rver' {
  import type { Server } from 'node:http';

  interface S3Request {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string | undefined>>;
    readonly ip: string;
    status: number;
    body: unknown;
    type: string;
  }

  // eslint-disable-next-line import-x/no-default-export -- that is how it comes
  export default class S3rver {
    constructor(options: {
      readonly address: string;
      readonly port: number;
      readonly silent: boolean;
      readonly directory: string;
      readonly configureBuckets: readonly { readonly name: string }[];
    });
    readonly middleware: ((request: S3Request, next: () => Promise<void>) => Promise<void>)[];
    readonly httpServer: Server;
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
  }
}
