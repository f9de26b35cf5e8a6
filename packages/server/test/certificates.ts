import { execFileSync } from 'node:child_process';
import { createPrivateKey, type KeyExportOptions } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the program that makes test certificates is there. */
export const hasOpenssl = works();

/** Certificates and keys for `localhost`, made by openssl in a folder of their own, as paths of PEM files. */
export class Certificates implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'riffq-certificates-'));
  readonly certificate = join(this.folder, 'server.crt');
  /** PKCS#8. */
  readonly key = join(this.folder, 'server.key');

  constructor(algorithm: 'ec' | 'rsa' = 'ec') {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const kind = algorithm === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const made = ['-newkey', ...kind, '-nodes', '-keyout', this.key, '-out', this.certificate];
    openssl('req', '-x509', ...made, ...subject, '-days', '2');
  }

  /** The same key in another form, perhaps encrypted, as the path of a file. */
  keyAs(type: 'pkcs8' | 'pkcs1' | 'sec1', passphrase?: string): string {
    const path = join(this.folder, `${type}${passphrase === undefined ? '' : '-encrypted'}.key`);
    const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
    const options: KeyExportOptions<'pem'> = { type, format: 'pem', ...encryption };
    writeFileSync(path, createPrivateKey(readFileSync(this.key)).export(options));
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

function openssl(...parameters: readonly string[]): void {
  execFileSync('openssl', parameters, { stdio: 'ignore' });
}

function works(): boolean {
  try {
    openssl('version');
    return true;
  } catch {
    // A client that CI has to have is no client to skip.
    if (process.env['CI'] !== undefined) throw new Error('openssl is missing, and CI must have it');
    return false;
  }
}
