import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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

  constructor() {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl('req', '-x509', ...curve, ...subject, '-days', '2', '-keyout', this.key, '-out', this.certificate);
  }

  /** The same key in another form, as the path of a file. */
  keyAs(form: 'sec1' | 'encrypted', passphrase = ''): string {
    const path = join(this.folder, `${form}.key`);
    if (form === 'sec1') openssl('ec', '-in', this.key, '-out', path);
    else openssl('pkcs8', '-topk8', '-in', this.key, '-out', path, '-passout', `pass:${passphrase}`);
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
