import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { RawClient } from '@riffq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RiffqServer, selfSignedCertificate, tag } from '../../src/index.js';
import { Certificates, hasOpenssl } from '../certificates.js';
import { answering } from '../conversation.js';
import { Listening } from '../listening.js';

/** What setTls says to a certificate and key. */
function answerOf(...parameters: Parameters<RiffqServer['setTls']>): unknown {
  const server = new RiffqServer(
    '127.0.0.1:0',
    answering(() => tag('OK')),
  );
  try {
    server.setTls(...parameters);
    return 'taken';
  } catch (error) {
    return error;
  }
}

describe.skipIf(!hasOpenssl)('setTls, with certificates made by openssl,', () => {
  let ours: Certificates;
  let others: Certificates;
  beforeAll(() => {
    ours = new Certificates();
    others = new Certificates();
  });
  afterAll(() => {
    ours[Symbol.dispose]();
    others[Symbol.dispose]();
  });

  test('takes paths, text and bytes', () => {
    const { certificate, key } = ours;
    expect(answerOf(certificate, key)).toBe('taken');
    expect(answerOf(readFileSync(certificate, 'utf8'), readFileSync(key, 'utf8'))).toBe('taken');
    expect(answerOf(readFileSync(certificate), readFileSync(key))).toBe('taken');
  });

  describe.each([
    ['pkcs8', 'ec'],
    ['sec1', 'ec'],
    ['pkcs8', 'rsa'],
    ['pkcs1', 'rsa'],
  ] as const)('and a key in %s (%s),', (form, algorithm) => {
    let made: Certificates;
    beforeAll(() => {
      made = new Certificates(algorithm);
    });
    afterAll(() => made[Symbol.dispose]());

    test.each([undefined, 'sesame'])('has clients come in; its passphrase is %j', async (passphrase) => {
      const key = made.keyAs(form, passphrase);
      await using listening = await Listening.open(
        answering(() => tag('OK')),
        { tls: 'require' },
        (server) => server.setTls(made.certificate, key, passphrase === undefined ? {} : { passphrase }),
      );
      const tls = { ca: readFileSync(made.certificate) };
      const target = { host: 'localhost', port: listening.port };
      await using client = await RawClient.connect(target, { user: 'alice', tls });
      expect(client.trace()).toContain('ReadyForQuery');
    });

    test.each([undefined, 'wrong'])('names it when it is encrypted and the passphrase is %j', (passphrase) => {
      const key = made.keyAs(form, 'sesame');
      const refusal = answerOf(made.certificate, key, passphrase === undefined ? {} : { passphrase });
      expect(refusal).toMatchObject({
        code: 'RIFFQ_ERR_TLS_CERTIFICATE',
        message: expect.stringContaining(key),
      });
      expect(inspect(refusal)).not.toContain('sesame');
    });
  });

  test('names the file that is not there', () => {
    const missing = join(ours.folder, 'missing.pem');
    expect(answerOf(missing, ours.key)).toMatchObject({
      code: 'RIFFQ_ERR_TLS_CERTIFICATE',
      message: `Certificate not found in ${missing}`,
    });
    expect(answerOf(ours.certificate, missing)).toMatchObject({
      code: 'RIFFQ_ERR_TLS_CERTIFICATE',
      message: `Certificate keyfile not found in ${missing}`,
    });
  });

  test('names the file that cannot be read', () => {
    const folder = join(ours.folder, 'folder');
    mkdirSync(folder);
    expect(answerOf(folder, ours.key)).toMatchObject({ message: `Certificate not readable in ${folder}` });
  });

  test('names the file that is something else', () => {
    const { certificate, key } = ours;
    const rubbish = join(ours.folder, 'rubbish.pem');
    writeFileSync(rubbish, 'rubbish');
    expect(answerOf(rubbish, key)).toMatchObject({ message: `no PEM certificate found in ${rubbish}` });
    expect(answerOf(key, certificate)).toMatchObject({ message: `no PEM certificate found in ${key}` });
    expect(answerOf(certificate, certificate)).toMatchObject({
      code: 'RIFFQ_ERR_TLS_CERTIFICATE',
      message: `no PEM private key found in ${certificate} (expected PKCS#8, PKCS#1 or SEC1)`,
    });
  });

  test('names both files when they do not belong together', () => {
    const refusal = answerOf(ours.certificate, others.key);
    expect(refusal).toMatchObject({ code: 'RIFFQ_ERR_TLS_CERTIFICATE' });
    expect(String(refusal)).toContain(ours.certificate);
    expect(String(refusal)).toContain(others.key);
  });
});

test.each([true, 'require'] as const)(
  'TLS (%j) without a certificate is refused when the server starts',
  async (tls) => {
    const server = new RiffqServer(
      '127.0.0.1:0',
      answering(() => tag('OK')),
    );
    await expect(server.listen({ tls })).rejects.toMatchObject({
      code: 'RIFFQ_ERR_TLS_NOT_SET',
      message: expect.stringContaining('setTls'),
    });
    await expect(server.start({ tls })).rejects.toMatchObject({ code: 'RIFFQ_ERR_TLS_NOT_SET' });
    expect(server.address()).toBeNull();
  },
);

test('PEM with words before it is no path: a key is in no message', () => {
  const { certificate, key } = selfSignedCertificate();
  expect(answerOf(`\nBag Attributes\n${String(certificate)}`, `\nBag Attributes\n${String(key)}`)).toBe('taken');
});
