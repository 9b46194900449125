import type { GateVersion } from '../../live/api.ts';

/** Who made a version. What the program set up itself is told by the program's name. */
export const makerOf = ({ created_by_name }: Pick<GateVersion, 'created_by_name'>): string =>
  created_by_name === 'system' ? 'Wheelhouse' : created_by_name;
