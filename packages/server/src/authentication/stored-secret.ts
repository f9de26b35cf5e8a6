import type { ScramVerifier } from './scram-verifier.js';

/** What `lookupPassword` gave; `none` for an unknown user. */
export type StoredSecret =
  | { readonly kind: 'clear'; readonly password: string }
  | { readonly kind: 'md5'; readonly verifier: string }
  | { readonly kind: 'scram'; readonly verifier: ScramVerifier }
  | { readonly kind: 'none' };
