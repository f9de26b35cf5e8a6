import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawClient } from '@riffq/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RiffqServer, selfSignedCertificate, tag } from '../../src/index.js';
import { answering } from '../conversation.js';
import { Listening } from '../listening.js';

describe('selfSignedCertificate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'riffq-tls-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('makes what a client trusts that is told to, by name and by address', async () => {
    const { certificate, key } = selfSignedCertificate();
    await using server = await Listening.open(
      answering(() => tag('OK')),
      { tls: 'require' },
      (made) => made.setTls(certificate, key),
    );
    for (const host of ['localhost', '127.0.0.1']) {
      const tls = { ca: String(certificate) };
      await using client = await RawClient.connect({ host, port: server.port }, { user: 'alice', tls });
      expect(client.trace()).toContain('ReadyForQuery');
    }
    const stranger = RawClient.connect({ port: server.port }, { user: 'alice', tls: {} });
    await expect(stranger).rejects.toThrow('self-signed certificate');
  });

  test('makes one for other names, which is nobody’s authority', () => {
    const names = ['db.example.com', '10.1.2.3', '2001:db8::7:8', 'fe80::'];
    const certificate = new X509Certificate(String(selfSignedCertificate({ names }).certificate));
    expect(certificate.subject).toBe('CN=db.example.com');
    expect(certificate.checkHost('db.example.com')).toBe('db.example.com');
    expect(certificate.checkHost('localhost')).toBeUndefined();
    for (const address of names.slice(1)) expect(certificate.checkIP(address)).toBe(address);
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(364);
    expect(days).toBeLessThan(366);
  });

  test('keeps it in a folder, with a key that nobody else can read', () => {
    const made = selfSignedCertificate({ folder: join(folder, 'new') });
    const before = readFileSync(String(made.certificate));
    expect(statSync(String(made.key)).mode & 0o777).toBe(0o600);
    expect(selfSignedCertificate({ folder: join(folder, 'new') })).toEqual(made);
    expect(readFileSync(String(made.certificate))).toEqual(before);
  });

  test('makes another where there is none that can be used', () => {
    const { certificate } = selfSignedCertificate({ folder });
    writeFileSync(String(certificate), 'rubbish');
    selfSignedCertificate({ folder });
    expect(new X509Certificate(readFileSync(String(certificate))).subject).toBe('CN=localhost');
  });

  test('makes another where it is not for the names, and keeps the one that is', () => {
    const made = selfSignedCertificate({ folder });
    const read = () => new X509Certificate(readFileSync(String(made.certificate)));
    const names = ['db.example.com', '*.example.com', '10.1.2.3', '2001:db8::7:8'];
    expect(selfSignedCertificate({ folder, names })).toEqual(made);
    const first = read();
    expect(first.checkHost('db.example.com')).toBeDefined();
    expect(first.checkIP('2001:db8::7:8')).toBeDefined();
    for (const again of [{ names }, { names: names.slice(1) }, {}]) {
      selfSignedCertificate({ folder, ...again });
      expect(read().fingerprint256).toBe(first.fingerprint256);
    }
    selfSignedCertificate({ folder, names: ['10.1.2.4'] });
    expect(read().checkIP('10.1.2.4')).toBeDefined();
  });

  test.each<[string, (key: string) => void]>([
    ['is missing', (key) => rmSync(key)],
    ['is another’s', (key) => writeFileSync(key, String(selfSignedCertificate().key))],
    ['is none', (key) => writeFileSync(key, 'rubbish')],
  ])('makes another where the key %s', (_, spoil) => {
    const { certificate, key } = selfSignedCertificate({ folder });
    spoil(String(key));
    selfSignedCertificate({ folder });
    const server = new RiffqServer(
      '127.0.0.1:0',
      answering(() => tag('OK')),
    );
    expect(() => server.setTls(String(certificate), String(key))).not.toThrow();
    expect(statSync(String(key)).mode & 0o777).toBe(0o600);
  });
});
