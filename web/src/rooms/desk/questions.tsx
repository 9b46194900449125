import type { Json, Question } from '@wheelhouse/core';
import { faultWords } from './answer.ts';
import { ChoiceInput } from './ChoiceInput.tsx';
import css from './questions.module.css';
import { RankingInput } from './RankingInput.tsx';
import { RatingInput } from './RatingInput.tsx';
import { TextInput } from './TextInput.tsx';

export interface InputProps<Asked extends Question = Question> {
  question: Asked;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** Keys work on this question now. */
  active: boolean;
  disabled: boolean;
  labelled_by: string;
}

interface QuestionPaneProps extends Omit<InputProps, 'labelled_by'> {
  /** The model's probabilities by option, where it gave some. */
  scores: Record<string, number> | null;
  /** The text that is corrected. */
  original: string | undefined;
  fault: string | undefined;
  /** Titles are left out where there is only one question. */
  alone: boolean;
  onActivate: () => void;
}

const questionId = (name: string) => `question-${name}`;

/** Brings a question into sight when keys have moved to it. */
export const showQuestion = (name: string): void =>
  document.getElementById(questionId(name))?.parentElement?.scrollIntoView({ block: 'nearest' });

/** One question of a form, with whatever its kind needs. */
export function QuestionPane({ fault, alone, onActivate, ...props }: QuestionPaneProps) {
  const { question, active } = props;
  const id = questionId(question.name);
  return (
    <fieldset
      className={css.question}
      data-active={(active && !alone) || undefined}
      data-fault={fault ? true : undefined}
      onFocusCapture={onActivate}
      aria-describedby={fault ? `${id}-fault` : undefined}
    >
      <legend className={css.legend} id={id}>
        {question.title ?? question.name.replaceAll('_', ' ')}
        {!question.required && <span className={css.quiet}> (optional)</span>}
      </legend>
      {question.help && <p className={css.help}>{question.help}</p>}
      <QuestionInput {...props} labelled_by={id} />
      {fault && (
        <p className={css.fault} id={`${id}-fault`}>
          {faultWords(question, props.value, fault)}
        </p>
      )}
    </fieldset>
  );
}

type QuestionInputProps = Omit<QuestionPaneProps, 'fault' | 'alone' | 'onActivate'> &
  Pick<InputProps, 'labelled_by'>;

function QuestionInput({ question, scores, original, ...rest }: QuestionInputProps) {
  switch (question.kind) {
    case 'choice':
      return <ChoiceInput question={question} scores={scores} {...rest} />;
    case 'rating':
      return <RatingInput question={question} {...rest} />;
    case 'text':
      return <TextInput question={question} original={original} {...rest} />;
    case 'ranking':
      return <RankingInput question={question} {...rest} />;
    case 'span':
    case 'region':
      return (
        <p className={css.later}>
          This asks to mark{' '}
          {question.kind === 'span' ? 'words in a text' : 'places in a picture or sound'}. The desk
          cannot draw that yet, so this case cannot be answered here. Skip it, or answer it through
          the API.
        </p>
      );
    case 'verdict':
      return null;
  }
}
