import { digest } from './hash.ts';
import { canonical, type Json } from './json.ts';

/** A salted commitment: what the record keeps in place of content (rule A8). The salt lies with the
 *  content and is erased with it; from then on no guess at the content can be tried against this.
 *  @param salt at least 16 random bytes, as text */
export const evidenceOf = (salt: string, said: Json): string => digest(`${salt}${canonical(said)}`);
