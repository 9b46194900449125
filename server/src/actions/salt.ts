import type { Chance } from '../ports.ts';

/** A salt for the record's digests (rule A8): 128 bits, as hexadecimal. */
export const newSalt = (chance: Chance): string => Buffer.from(chance.bytes(16)).toString('hex');
