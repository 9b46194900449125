import { NumberInput, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { Question } from '@wheelhouse/core';
import { useState } from 'react';
import level from './Level.module.css';
import css from './QuestionCard.module.css';
import { optionLines, optionsFromLines, optionsOf } from './question.ts';

type Of<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>;
interface SettingsProps<Asked extends Question = Question> {
  question: Asked;
  /** What is wrong with one of its fields. */
  faultOf: (name: string) => string | undefined;
  onChange: (question: Question) => void;
  /** Whether there is an AI's text that the answer may correct. */
  corrects?: boolean | undefined;
}

/** Fields that show by themselves what is wrong with them. */
export const telling = [
  'options',
  'labels',
  'min',
  'max',
  'step',
  'max_length',
  'original',
  'part',
];

/** What only one kind of question has. */
export function QuestionSettings({ question, ...rest }: SettingsProps) {
  const { onChange } = rest;
  switch (question.kind) {
    case 'choice':
      return (
        <>
          <OptionsField question={question} {...rest} />
          <Switch
            label="More than one may be chosen"
            checked={question.multiple}
            onChange={({ currentTarget }) =>
              onChange({ ...question, multiple: currentTarget.checked })
            }
          />
        </>
      );
    case 'ranking':
      return <OptionsField question={question} {...rest} />;
    case 'rating':
      return <RatingSettings question={question} {...rest} />;
    case 'text':
      return <TextSettings question={question} {...rest} />;
    case 'span':
    case 'region':
      return <MarkSettings question={question} {...rest} />;
    case 'verdict':
      return <VerdictSettings question={question} {...rest} />;
  }
}

/** Options, one a line. What is typed stays as typed; the options follow it. */
function OptionsField({ question, faultOf, onChange }: SettingsProps) {
  const options = optionsOf(question) ?? [];
  const marks = question.kind === 'span' || question.kind === 'region';
  const lines = optionLines(options);
  const [typed, setTyped] = useState(lines);
  const fits = optionLines(optionsFromLines(typed, options)) === lines;
  return (
    <Textarea
      label={marks ? 'Labels' : 'Options'}
      error={faultOf(marks ? 'labels' : 'options')}
      description="One a line: a value, or “value: what people read”."
      autosize
      minRows={3}
      maxRows={14}
      value={fits ? typed : lines}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const next = optionsFromLines(currentTarget.value, options);
        if ('options' in question) onChange({ ...question, options: next });
        else if (question.kind === 'span' || question.kind === 'region') {
          onChange({ ...question, labels: next });
        }
      }}
    />
  );
}

function RatingSettings({ question, faultOf, onChange }: SettingsProps<Of<'rating'>>) {
  const number = (name: 'min' | 'max', label: string) => (
    <NumberInput
      label={label}
      hideControls
      value={question[name]}
      error={faultOf(name)}
      onChange={(typed) => typeof typed === 'number' && onChange({ ...question, [name]: typed })}
    />
  );
  return (
    <div className={css.three}>
      {number('min', 'From')}
      {number('max', 'To')}
      <NumberInput
        label="In steps of"
        placeholder="any number"
        hideControls
        min={0}
        value={question.step ?? ''}
        error={faultOf('step')}
        onChange={(typed) =>
          onChange({ ...question, step: typeof typed === 'number' && typed > 0 ? typed : null })
        }
      />
      <TextInput
        label="Unit"
        value={question.unit ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...question, unit: currentTarget.value || undefined })
        }
      />
    </div>
  );
}

function TextSettings({ question, faultOf, onChange, corrects = true }: SettingsProps<Of<'text'>>) {
  return (
    <>
      <div className={`${level.level} ${css.pair}`}>
        <NumberInput
          label="Longest, in characters"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={question.max_length}
          error={faultOf('max_length')}
          onChange={(typed) =>
            typeof typed === 'number' && onChange({ ...question, max_length: typed })
          }
        />
        {corrects && (
          <TextInput
            label="Text to correct"
            placeholder="content.reply"
            value={question.original ?? ''}
            error={faultOf('original')}
            onChange={({ currentTarget }) =>
              onChange({ ...question, original: currentTarget.value || undefined })
            }
          />
        )}
      </div>
      <Switch
        label="Several lines"
        checked={question.multiline}
        onChange={({ currentTarget }) =>
          onChange({ ...question, multiline: currentTarget.checked })
        }
      />
    </>
  );
}

function MarkSettings({ question, ...rest }: SettingsProps<Of<'span'> | Of<'region'>>) {
  const { faultOf, onChange } = rest;
  return (
    <>
      <OptionsField question={question} {...rest} />
      <div className={`${level.level} ${css.pair}`}>
        <TextInput
          label="Part that is marked"
          value={question.part}
          error={faultOf('part')}
          onChange={({ currentTarget }) => onChange({ ...question, part: currentTarget.value })}
        />
        {question.kind === 'region' && (
          <Select
            label="Shape"
            allowDeselect={false}
            data={['box', 'polygon', 'interval']}
            value={question.shape}
            onChange={(shape) =>
              shape && onChange({ ...question, shape: shape as typeof question.shape })
            }
          />
        )}
      </div>
      {question.kind === 'span' && (
        <Switch
          label="Marks may overlap"
          checked={question.overlap}
          onChange={({ currentTarget }) =>
            onChange({ ...question, overlap: currentTarget.checked })
          }
        />
      )}
    </>
  );
}

function VerdictSettings({ question, onChange }: SettingsProps<Of<'verdict'>>) {
  return (
    <div className={`${level.level} ${css.pair}`}>
      <Select
        label="An edit may change"
        allowDeselect={false}
        data={[
          { value: 'arguments', label: 'the action’s arguments' },
          { value: 'content', label: 'the content' },
          { value: 'nothing', label: 'nothing: approve or reject only' },
        ]}
        value={question.edit ?? 'nothing'}
        onChange={(picked) =>
          picked &&
          onChange({ ...question, edit: picked === 'nothing' ? null : (picked as 'content') })
        }
      />
      <div>
        <SegmentedControl
          aria-label="Reason of a rejection"
          fullWidth
          data={[
            { value: 'optional', label: 'Reason optional' },
            { value: 'required', label: 'Reason needed' },
          ]}
          value={question.reject_reason}
          onChange={(picked) => onChange({ ...question, reject_reason: picked as 'optional' })}
        />
      </div>
    </div>
  );
}
