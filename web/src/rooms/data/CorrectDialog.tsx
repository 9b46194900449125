import { Radio, Skeleton, Stack, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Case, Json, JsonObject, Output } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { JsonText } from '../../kit/JsonText.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';

interface CorrectDialogProps {
  case_id: string;
  output: Output;
  onClose: () => void;
}

const title = 'Correct this decision';

/** Says the right decision and why; the first one stays in the record. */
export function CorrectDialog({ case_id, output, onClose }: CorrectDialogProps) {
  const found = useQuery({ queryKey: keys.case(case_id), queryFn: () => api.cases.get(case_id) });
  if (found.data) return <Correction shown={found.data} output={output} onClose={onClose} />;
  return (
    <FormDialog title={title} act="Correct it" off onSubmit={async () => {}} onClose={onClose}>
      {() =>
        found.isError ? <p role="alert">The case did not load. Try again.</p> : <Skeleton h={160} />
      }
    </FormDialog>
  );
}

const choices = [
  { value: 'approve', label: 'Approve it as it was asked' },
  { value: 'edit', label: 'Approve it, edited' },
  { value: 'reject', label: 'Reject it' },
];

function Correction({
  shown,
  output,
  onClose,
}: Omit<CorrectDialogProps, 'case_id'> & { shown: Case }) {
  const cache = useQueryClient();
  const verdict = shown.form.questions.find((question) => question.kind === 'verdict');
  const edit = verdict?.kind === 'verdict' ? verdict.edit : null;
  const stands = shown.resolution;
  const [said, say] = useState(stands?.outcome === 'rejected' ? 'approve' : 'reject');
  const [edited, setEdited] = useState<Json>(
    edit === 'arguments' ? (output.action?.arguments ?? {}) : output.content,
  );
  const [answers, setAnswers] = useState<JsonObject>((stands?.values as JsonObject | null) ?? {});
  const [reason, setReason] = useState('');
  const values: JsonObject = verdict
    ? { [verdict.name]: said, ...(said === 'edit' && edit ? { [edit]: edited } : {}) }
    : answers;
  const submit = async () => {
    const resolution_id = stands?.id;
    const done = await api.cases.correct(shown.id, { values, reason, resolution_id });
    await cache.invalidateQueries({ queryKey: keys.output(output.id) });
    tellDone(
      done.claimed_at
        ? 'Corrected. It was acted on before, and is not run again.'
        : 'Corrected. The first decision stays in the record.',
    );
    onClose();
  };
  return (
    <FormDialog
      title={title}
      act="Correct it"
      off={reason.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      {(fault) => (
        <Stack>
          {output.claimed_at && (
            <p>
              Whoever asked has acted on the first decision. That is not run again: they are told,
              and have to make good what was wrong.
            </p>
          )}
          {verdict ? (
            <Radio.Group label="The right decision" value={said} onChange={say}>
              <Stack gap={8} mt={8}>
                {choices
                  .filter(({ value }) => value !== 'edit' || edit)
                  .map((choice) => (
                    <Radio key={choice.value} {...choice} />
                  ))}
              </Stack>
            </Radio.Group>
          ) : (
            <JsonText
              label="The right answer"
              value={answers}
              min_rows={4}
              onChange={(next) => setAnswers(next as JsonObject)}
            />
          )}
          {verdict && said === 'edit' && edit && (
            <JsonText
              label={
                edit === 'arguments' ? 'Arguments as they should be' : 'Content as it should be'
              }
              value={edited}
              min_rows={4}
              onChange={(next) => setEdited(next as Json)}
              error={fault(`values.${edit}`)}
            />
          )}
          <Textarea
            label="Why the first decision was wrong"
            description="Kept in the record, and told to whoever asked."
            withAsterisk
            autosize
            minRows={2}
            maxRows={10}
            maxLength={10_000}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            error={fault('reason')}
          />
        </Stack>
      )}
    </FormDialog>
  );
}
