import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { reasonOf } from '../database.js';
import { openAttachments } from '../attachments.js';
import { unknownVariables, type Config, type ConfigFile, type Environment } from '../config.js';
import { settings } from '../settings.js';
import type { Setting } from '../setting-kinds.js';
import { look, ok, wrong, type Finding } from './finding.js';

const loopback = ['127.0.0.1', 'localhost', '::1'];

/** Where the configuration came from, and what in it is no setting. */
export function checkSources(environment: Environment, file: ConfigFile | undefined): Finding[] {
  const all = Object.entries(settings) as [string, Setting][];
  const variables = all.filter(([, { env }]) => (environment[env] ?? '') !== '').length;
  const inFile = file === undefined ? [] : Object.keys(file.content);
  const from = file === undefined ? '' : `, ${inFile.length} in ${file.path}`;
  const findings = [ok('Configuration', `${variables} settings in the environment${from}`)];
  for (const words of unknownVariables(environment)) findings.push(look('Configuration', words));
  const secrets = all.filter(([name, { secret }]) => secret && inFile.includes(name));
  if (file !== undefined && secrets.length > 0 && (statSync(resolve(file.path)).mode & 0o077) !== 0) {
    findings.push(
      look('Configuration', `${file.path} holds secrets and others may read it: chmod 600 ${file.path}`),
    );
  }
  return findings;
}

/** Whether files can be kept. */
export async function checkAttachments(config: Config): Promise<Finding> {
  const what = 'Attachments';
  try {
    const opened = await openAttachments(config);
    try {
      await opened.store.check?.();
      return ok(what, opened.where);
    } finally {
      opened.close();
    }
  } catch (error) {
    return wrong(what, reasonOf(error));
  }
}

/** Whether the addresses and origins make sense together. */
export function checkAddresses(config: Config): Finding[] {
  const { host, port, allowedOrigins, requireTls, trustProxy, metricsPort, metricsToken } = config;
  const findings = [ok('Address', `${host}, port ${port}`)];
  const believesNobody = trustProxy === 0;
  const isOpen = !loopback.includes(host);
  if (requireTls && believesNobody) {
    findings.push(
      wrong(
        'TLS',
        'CASEMENT_REQUIRE_TLS refuses everything here: the server speaks no TLS itself, and CASEMENT_TRUST_PROXY believes no proxy that does.',
      ),
    );
  } else if (isOpen && !requireTls) {
    findings.push(
      look(
        'TLS',
        'Tokens may arrive in the clear: put a proxy with TLS in front, then set CASEMENT_REQUIRE_TLS.',
      ),
    );
  }
  if (isOpen && metricsPort === undefined && metricsToken === undefined) {
    findings.push(
      look('Metrics', 'Anybody may read /metrics: set CASEMENT_METRICS_TOKEN or CASEMENT_METRICS_PORT.'),
    );
  }
  const clear = allowedOrigins.filter(
    (origin) => origin.startsWith('http:') && !loopback.includes(new URL(origin).hostname),
  );
  if (clear.length > 0) {
    findings.push(look('Origins', `Pages without TLS can be changed on their way: ${clear.join(', ')}`));
  }
  const count = new Set(allowedOrigins).size;
  findings.push(ok('Origins', count === 0 ? 'no other origin may call' : `${count} other origins may call`));
  return findings;
}
