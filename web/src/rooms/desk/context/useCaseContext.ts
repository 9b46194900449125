import { useQueries, useQuery } from '@tanstack/react-query';
import type { Case, Policy } from '@wheelhouse/core';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { likest } from './likeness.ts';

const near_cases = 40;
const shown_cases = 5;

/** The gate that a case came through, and the policy it was judged by, which may be an older one. */
export function useJudgedBy({ gate, id, output_id }: Case) {
  const life = useLife({ id, output_id });
  const now = useQuery({
    queryKey: keys.gate(gate ?? ''),
    queryFn: () => api.gates.get(gate ?? ''),
    enabled: gate !== null,
  });
  const version = life.data?.output.policy_version ?? now.data?.policy_version;
  const older = now.data !== undefined && version !== now.data.policy_version;
  const versions = useQuery({
    queryKey: keys.gateVersions(gate ?? ''),
    queryFn: () => api.gates.versions(gate ?? ''),
    enabled: gate !== null && older,
  });
  const policy: Policy | undefined = older
    ? versions.data?.rows.find((row) => row.version === version)?.definition.policy
    : now.data?.policy;
  return { gate: now.data, policy, version, older, asked: older ? versions : now };
}

/** How often people agreed with the AI at a gate of late. It is a matter of hours, so it is not asked
 *  for again with every decision, as Home's own figures are. */
export function useAgreement(gate: string | null) {
  const home = useQuery({
    queryKey: ['agreement'],
    queryFn: api.home.get,
    staleTime: 5 * 60_000,
    enabled: gate !== null,
  });
  return home.data?.by_gate.find((one) => one.gate === gate)?.agreement;
}

/** Everything that happened to the case and its output; kept under the case, whose events refresh it. */
export const useLife = ({ id, output_id }: Pick<Case, 'id' | 'output_id'>) =>
  useQuery({
    queryKey: keys.caseLife(id),
    queryFn: () => api.outputs.life(output_id ?? ''),
    enabled: output_id !== null,
  });

/** Decided cases of the same gate, those most like this one first. The list is light; only the few
 *  that are shown are read in full. */
export function useEarlier(shown: Case) {
  const { gate } = shown;
  const near = useQuery({
    queryKey: ['cases', 'near', gate],
    queryFn: ({ signal }) =>
      api.cases.list({ view: 'resolved', gate, limit: near_cases }, { signal }),
    enabled: gate !== null,
    staleTime: 60_000,
  });
  const rows = near.data ? likest(shown, near.data.rows, shown_cases) : [];
  const read = useQueries({
    queries: rows.map(({ id }) => ({
      queryKey: keys.case(id),
      queryFn: () => api.cases.get(id),
    })),
  });
  return { asked: near, rows: rows.map((row, at) => ({ row, read: read[at]?.data })) };
}
