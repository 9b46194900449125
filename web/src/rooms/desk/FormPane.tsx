import type { Case, Json, Question } from '@wheelhouse/core';
import { ActButton } from '../../kit/ActButton.tsx';
import { WhoBadge } from '../../kit/WhoBadge.tsx';
import { originalText } from './answer.ts';
import css from './FormPane.module.css';
import { ScoreBar } from './OptionList.tsx';
import { QuestionPane } from './questions.tsx';
import type { AnswerState } from './useAnswer.ts';

interface FormPaneProps {
  shown: Case;
  answer: AnswerState;
  /** The question that keys work on. */
  active: string | null;
  onActivate: (name: string) => void;
  disabled: boolean;
}

/** What is asked. The AI's own answer stands beside it and is taken over only when asked for. */
export function FormPane({ shown, answer, active, onActivate, disabled }: FormPaneProps) {
  const { form, suggestion } = shown;
  const questions = form.questions.filter(({ kind }) => kind !== 'verdict');
  const verdict = answer.verdict;
  const title = form.title ?? (questions.length ? 'What is asked' : null);
  if (!questions.length && !form.instructions && !verdict?.title && !verdict?.help) return null;
  return (
    <section className={css.form} aria-label="What is asked">
      {title && <h2 className={css.title}>{title}</h2>}
      {form.instructions && <p className={css.instructions}>{form.instructions}</p>}
      {verdict?.title && <p className={css.asked}>{verdict.title}</p>}
      {verdict?.help && <p className={css.instructions}>{verdict.help}</p>}
      {suggestion && questions.length > 0 && (
        <Suggestion
          suggestion={suggestion}
          questions={questions}
          disabled={disabled}
          onTake={() => answer.setMany(suggestion.values)}
        />
      )}
      {questions.map((question) => (
        <QuestionPane
          key={question.name}
          question={question}
          value={answer.values[question.name]}
          onChange={(value) => answer.set(question.name, value)}
          active={active === question.name}
          onActivate={() => onActivate(question.name)}
          disabled={disabled}
          scores={questions.length === 1 ? (suggestion?.scores ?? null) : null}
          suggested={suggestion?.values[question.name]}
          original={originalText(shown, question)}
          fault={
            answer.faults.find(({ field }) => field.startsWith(`values.${question.name}`))?.message
          }
          alone={questions.length === 1}
        />
      ))}
    </section>
  );
}

interface SuggestionProps {
  suggestion: NonNullable<Case['suggestion']>;
  questions: readonly Question[];
  disabled: boolean;
  onTake: () => void;
}

/** What the AI says, and how sure it is. */
function Suggestion({ suggestion, questions, disabled, onTake }: SuggestionProps) {
  const short = questions.flatMap((question) => {
    const words = wordsOf(question, suggestion.values[question.name]);
    if (!words) return [];
    return [questions.length > 1 ? `${question.title ?? question.name}: ${words}` : words];
  });
  return (
    <div className={css.suggestion}>
      <div className={css.says}>
        <WhoBadge who="ai" />
        {short.map((words) => (
          <bdi key={words} className={css.said}>
            {words}
          </bdi>
        ))}
        {suggestion.confidence !== null && <ScoreBar score={suggestion.confidence} />}
      </div>
      <ActButton act_key="f" size="compact-sm" disabled={disabled} onClick={onTake}>
        Fill in
      </ActButton>
    </div>
  );
}

/** A suggested value in a few words; texts are too long for that and are shown where they go. */
function wordsOf(question: Question, value: Json | undefined): string | null {
  if (value === undefined || question.kind === 'text') return null;
  const label = (one: Json) =>
    'options' in question
      ? (question.options.find((option) => option.value === one)?.label ?? String(one))
      : String(one);
  return Array.isArray(value) ? value.map(label).join(', ') : label(value);
}
