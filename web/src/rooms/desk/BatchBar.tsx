import { Button, Modal, Select, Textarea } from '@mantine/core';
import { type Case, type CaseRow, type Values, verdictQuestion } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import css from './BatchBar.module.css';

interface BatchBarProps {
  rows: readonly CaseRow[];
  /** One of them in full, for the form they share; null while it is fetched. */
  sample: Case | null;
  busy: boolean;
  onDecide: (values: Values, note: string | undefined) => void;
  onClear: () => void;
}

interface Way {
  key: string;
  label: string;
  values: (reason: string) => Values;
  asks_reason: boolean;
  must_say: boolean;
}

/** Decides many cases alike. They must come from one gate, so that the same answer means the same. */
export function BatchBar({ rows, sample, busy, onDecide, onClear }: BatchBarProps) {
  const [way, setWay] = useState<Way | null>(null);
  const alike = new Set(rows.map(({ gate, kind }) => `${gate} ${kind}`)).size === 1;
  const ways = alike && sample ? waysOf(sample) : [];
  useKeys([
    ...ways.map((each) => ({
      key: each.key,
      label: `${each.label} all selected`,
      group: 'Selected cases',
      run: () => setWay(each),
    })),
    { key: 'Escape', label: 'Select none', group: 'Selected cases', run: onClear },
  ]);
  return (
    <section className={css.bar} aria-label="Selected cases">
      <div className={css.line}>
        <b>{rows.length} selected</b>
        <ActButton
          act_key="Escape"
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={onClear}
        >
          None
        </ActButton>
      </div>
      {!alike && (
        <p className={css.say}>
          They are not all of one gate and one kind, so one answer cannot fit all.
        </p>
      )}
      {alike && sample && <Ways sample={sample} ways={ways} onChoose={setWay} />}
      <Modal
        opened={way !== null}
        onClose={() => setWay(null)}
        title={way && `${way.label}: ${rows.length} cases`}
        size="md"
      >
        {way && (
          <Confirm
            way={way}
            count={rows.length}
            busy={busy}
            onGo={(values, note) => {
              setWay(null);
              onDecide(values, note);
            }}
          />
        )}
      </Modal>
    </section>
  );
}

function waysOf(sample: Case): Way[] {
  const { questions } = sample.form;
  const verdict = verdictQuestion(sample.form);
  if (!verdict || questions.length > 1) return [];
  const must_say = verdict.reject_reason === 'required';
  return [
    {
      key: 'a',
      label: 'Approve',
      values: () => ({ [verdict.name]: 'approve' }),
      asks_reason: false,
      must_say: false,
    },
    {
      key: 'r',
      label: 'Reject',
      values: (reason) => ({ [verdict.name]: 'reject', ...(reason ? { reason } : {}) }),
      asks_reason: true,
      must_say,
    },
  ];
}

function Ways({
  sample,
  ways,
  onChoose,
}: {
  sample: Case;
  ways: Way[];
  onChoose: (way: Way) => void;
}) {
  const [only] = sample.form.questions;
  if (ways.length) {
    return (
      <div className={css.line}>
        {ways.map((way) => (
          <ActButton key={way.key} act_key={way.key} onClick={() => onChoose(way)}>
            {way.label} all
          </ActButton>
        ))}
      </div>
    );
  }
  if (sample.form.questions.length === 1 && only?.kind === 'choice' && !only.multiple) {
    return (
      <Select
        searchable
        placeholder="Answer all with…"
        aria-label="Answer all with"
        data={only.options.map(({ value, label }) => ({ value, label: label ?? value }))}
        value={null}
        onChange={(value, option) =>
          value &&
          onChoose({
            key: '',
            label: `Answer “${option?.label ?? value}”`,
            values: () => ({ [only.name]: value }),
            asks_reason: false,
            must_say: false,
          })
        }
      />
    );
  }
  return (
    <p className={css.say}>
      This form asks for more than one answer, so it is answered case by case.
    </p>
  );
}

interface ConfirmProps {
  way: Way;
  count: number;
  busy: boolean;
  onGo: (values: Values, note: string | undefined) => void;
}

function Confirm({ way, count, busy, onGo }: ConfirmProps) {
  const [reason, setReason] = useState('');
  const missing = way.must_say && !reason.trim();
  return (
    <div className={css.confirm}>
      <p className={css.say}>
        Each of the {count} cases gets its own record under your name, as if you had opened it.
        Those that someone else has decided meanwhile are left as they are.
      </p>
      {way.asks_reason && (
        <Textarea
          label={way.must_say ? 'Why are they rejected?' : 'Why are they rejected? (optional)'}
          autosize
          minRows={2}
          maxLength={10_000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
      <Button
        data-autofocus={!way.asks_reason || undefined}
        disabled={missing}
        loading={busy}
        onClick={() => onGo(way.values(reason.trim()), undefined)}
      >
        {way.label} {count} cases
      </Button>
    </div>
  );
}
