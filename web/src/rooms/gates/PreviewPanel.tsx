import { Table } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { GateDefinition, Preview } from '@wheelhouse/core';
import { Lines, Loading } from '../../kit/faces.tsx';
import { Num } from '../../kit/figures.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { VerdictMark } from '../../kit/VerdictMark.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import css from './PreviewPanel.module.css';
import { heldWords } from './preview.ts';

interface PreviewPanelProps {
  gate: string;
  /** The draft once it has been left alone for a moment; null while it cannot be judged. */
  definition: GateDefinition | null;
  dirty: boolean;
}

/** What the change would have done to the outputs that came already. */
export function PreviewPanel({ gate, definition, dirty }: PreviewPanelProps) {
  const wanted = dirty ? definition : null;
  const preview = useQuery({
    queryKey: [...keys.gate(gate), 'preview', wanted],
    queryFn: ({ signal }) =>
      api.gates.preview(gate, { definition: wanted as GateDefinition }, { signal }),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  return (
    <Panel title="Before you save" say="The change, replayed over the last outputs of this gate.">
      {!dirty ? (
        <p className={css.quiet}>Change something, and what it would have done appears here.</p>
      ) : !definition ? (
        <p className={css.quiet}>Mend what is marked first; then this can say what would change.</p>
      ) : preview.isError ? (
        <p className={css.fault} role="alert">
          {sentenceOf(preview.error)}
        </p>
      ) : preview.data ? (
        <div className={css.found} aria-busy={preview.isFetching} aria-live="polite">
          <Found preview={preview.data} />
        </div>
      ) : (
        <Loading>
          <Lines count={4} />
        </Loading>
      )}
    </Panel>
  );
}

function Found({ preview }: { preview: Preview }) {
  const { n, before, after, changed } = preview;
  if (!n)
    return <p className={css.quiet}>No output has come here yet, so there is nothing to replay.</p>;
  return (
    <>
      <p className={css.sentence}>{heldWords(preview)}</p>
      <Table className={css.tally} verticalSpacing={6} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              Of <Num of={n} />
            </Table.Th>
            <Table.Th>Now</Table.Th>
            <Table.Th>Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(['pass', 'hold', 'block'] as const).map((verdict) => (
            <Table.Tr key={verdict}>
              <Table.Td>
                <VerdictMark verdict={verdict} />
              </Table.Td>
              <Table.Td>
                <Num of={before[verdict]} />
              </Table.Td>
              <Table.Td data-changed={before[verdict] !== after[verdict] || undefined}>
                <Num of={after[verdict]} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {changed.length > 0 && (
        <>
          <h3 className={css.title}>
            {changed.length >= 50 ? 'The newest 50 that change' : 'Those that change'}
          </h3>
          <ul className={css.changed}>
            {changed.map(({ output_id, title, was, would_be, reasons }) => (
              <li key={output_id} className={css.one}>
                <RoomLink room="/data" rest={`/${output_id}`} className={css.link}>
                  <bdi>{title}</bdi>
                </RoomLink>
                <span className={css.turn}>
                  <VerdictMark verdict={was} /> becomes <VerdictMark verdict={would_be} />
                </span>
                <span className={css.why}>{reasons.join('; ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
