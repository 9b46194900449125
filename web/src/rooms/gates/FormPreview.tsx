import { Button } from '@mantine/core';
import type { Form, Json } from '@wheelhouse/core';
import { useState } from 'react';
import { Panel } from '../../kit/Panel.tsx';
import { QuestionPane } from '../desk/questions.tsx';
import css from './FormPreview.module.css';

/** The form as the desk will draw it. It can be tried; nothing is kept. */
export function FormPreview({ form }: { form: Form }) {
  const [values, setValues] = useState<Record<string, Json | undefined>>({});
  const asked = form.questions.filter(
    (question) => !('options' in question) || question.options.length > 0,
  );
  return (
    <Panel title="As the desk shows it" aside="try it; nothing is kept">
      {form.title && <h3 className={css.title}>{form.title}</h3>}
      {form.instructions && <p className={css.say}>{form.instructions}</p>}
      {asked.map((question, at) =>
        question.kind === 'verdict' ? (
          <div key="verdict" className={css.verdict}>
            {question.title && <p className={css.say}>{question.title}</p>}
            <Button variant="default">Approve</Button>
            {question.edit && <Button variant="default">Edit</Button>}
            <Button variant="default">Reject</Button>
          </div>
        ) : (
          <QuestionPane
            // biome-ignore lint/suspicious/noArrayIndexKey: a question's name is being typed; its place is what stays.
            key={`${at} ${question.kind}`}
            question={question}
            value={values[question.name]}
            onChange={(value) => setValues((now) => ({ ...now, [question.name]: value }))}
            active={false}
            onActivate={() => {}}
            disabled={false}
            scores={null}
            original={undefined}
            fault={undefined}
            alone={asked.length === 1}
          />
        ),
      )}
    </Panel>
  );
}
