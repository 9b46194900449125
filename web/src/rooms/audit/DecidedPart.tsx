import { useQuery } from '@tanstack/react-query';
import type { AuditLine, Change, OutputLife, Resolution } from '@wheelhouse/core';
import { DiffPane } from '../../kit/DiffPane.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './RecordLine.module.css';
import { approvedHash } from './words.ts';

/** What a line of a decision is about, for who may see it: the record itself keeps only digests. */
export function DecidedPart({ line }: { line: AuditLine }) {
  const { output_id, resolution_id } = line.data;
  if (typeof output_id !== 'string' || typeof resolution_id !== 'string') return null;
  return <Decided output_id={output_id} resolution_id={resolution_id} />;
}

function Decided({ output_id, resolution_id }: { output_id: string; resolution_id: string }) {
  const life = useQuery({
    queryKey: keys.outputLife(output_id),
    queryFn: () => api.outputs.life(output_id),
  });
  const found = life.data?.resolutions.find(({ id }) => id === resolution_id);
  return found && life.data ? <Shown life={life.data} found={found} /> : null;
}

function Shown({ life, found }: { life: OutputLife; found: Resolution }) {
  const hash = approvedHash(life, found);
  return (
    <>
      {hash && (
        <dl className={css.facts}>
          <div>
            <dt>Hash of the approved action</dt>
            <dd>
              <code className={css.hash}>{hash}</code>
            </dd>
          </div>
        </dl>
      )}
      {found.reason && (
        <p className={`own-direction ${css.reason}`}>
          “<Marked text={found.reason} />”
        </p>
      )}
      {found.diff.length > 0 && (
        <DiffPane changes={found.diff as Change[]} label="What the person changed" />
      )}
    </>
  );
}
