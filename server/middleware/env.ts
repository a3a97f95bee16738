import type { Hono } from 'hono';

/** What the app's middleware hands down with each request. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Pattern of the route that matched, for the log: never the address itself, which carries ids. */
    route: string | undefined;
  };
}

/** The server as one Hono app. */
export type CaseApp = Hono<AppEnv>;

/** Where the app writes its lines; pino fits. */
export interface AppLogger {
  info(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}
