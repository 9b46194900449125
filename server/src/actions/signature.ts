import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { type NoteKey, originOf, type Sign, type Verify } from '@wheelhouse/core';

/** What stands before the 32 key bytes in PKCS 8 and in SPKI (RFC 8410). */
const pkcs8_prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const spki_prefix = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 key pair from 32 random bytes: PKCS 8 and SPKI, each as base64. */
export function keyPairFrom(seed: Uint8Array): { private_key: string; public_key: string } {
  const private_der = Buffer.concat([pkcs8_prefix, seed]);
  const key = createPrivateKey({ key: private_der, format: 'der', type: 'pkcs8' });
  const public_der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    private_key: private_der.toString('base64'),
    public_key: public_der.toString('base64'),
  };
}

/** Signs with a PKCS 8 key in base64. */
export function signerOf(private_key: string): Sign {
  const der = Buffer.from(private_key, 'base64');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return (message) => sign(null, message, key);
}

/** Ed25519 (RFC 8032) over raw 32-byte public keys. */
export const verifyEd25519: Verify = (public_key, message, signature) => {
  if (public_key.length !== 32 || signature.length !== 64) return false;
  const der = Buffer.concat([spki_prefix, public_key]);
  return verify(
    null,
    message,
    createPublicKey({ key: der, format: 'der', type: 'spki' }),
    signature,
  );
};

/** The note key of a workspace, from its SPKI key in base64. */
export const noteKeyOf = (workspace_id: string, public_key: string): NoteKey => ({
  name: originOf(workspace_id),
  public_key: new Uint8Array(Buffer.from(public_key, 'base64').subarray(-32)),
});
