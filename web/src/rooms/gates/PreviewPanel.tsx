import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GateDefinition, Preview } from '@wheelhouse/core';
import { Lines } from '../../kit/faces.tsx';
import { Num } from '../../kit/figures.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { VerdictMark } from '../../kit/VerdictMark.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import css from './PreviewPanel.module.css';
import { heldWords, replaying_words } from './preview.ts';

export type PreviewQuery = ReturnType<typeof usePreview>;

/** The change, replayed over the outputs that came already.
 *  @param definition the draft once it has been left alone for a moment; null while there is nothing
 *  to replay, or it cannot be judged */
export const usePreview = (gate: string, definition: GateDefinition | null) =>
  useQuery({
    queryKey: [...keys.gate(gate), 'preview', definition],
    queryFn: ({ signal }) =>
      api.gates.preview(gate, { definition: definition as GateDefinition }, { signal }),
    enabled: definition !== null,
    staleTime: 30_000,
  });

/** What the change would have done to the outputs that came already. */
export function PreviewPanel({ of, sound }: { of: PreviewQuery; sound: boolean }) {
  return (
    <Panel title="Before you save" say="The change, replayed over the last outputs of this gate.">
      {!sound ? (
        <p className={css.quiet}>Mend what is marked first; then this can say what would change.</p>
      ) : of.isError ? (
        <p className={css.fault} role="alert">
          {sentenceOf(of.error)}
        </p>
      ) : of.data ? (
        <div className={css.found}>
          <Found preview={of.data} />
        </div>
      ) : (
        <div className={css.found} aria-busy="true">
          <p className={css.quiet}>{replaying_words}</p>
          <Lines count={4} />
        </div>
      )}
    </Panel>
  );
}

function Found({ preview }: { preview: Preview }) {
  const { n, before, after, changed } = preview;
  if (!n) return <p className={css.quiet}>{heldWords(preview)}</p>;
  return (
    <>
      <p className={css.sentence}>{heldWords(preview)}</p>
      {preview.proven_anew && (
        <p className={css.quiet}>
          This is another promise than the one in force. What is proven so far ends with it, and
          everything waits until it is proven itself.
        </p>
      )}
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
