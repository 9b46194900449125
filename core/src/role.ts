import * as z from 'zod';

/** Each role may do all that the ones before it may. */
export const roles = ['viewer', 'reviewer', 'lead', 'builder', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const atLeast = (role: Role, wanted: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(wanted);

export const highest = (a: Role, b: Role): Role => (atLeast(a, b) ? a : b);
