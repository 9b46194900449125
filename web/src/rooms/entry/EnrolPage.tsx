import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { EnrolmentView } from '@wheelhouse/core';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { api } from '../../live/api.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import css from './Doorway.module.css';
import { Doorway } from './Doorway.tsx';
import { longEnough, ResetForm } from './ResetForm.tsx';
import { useComingIn } from './useComingIn.ts';

/** Where a one-time link leads: the first admin's, an invitation, or one for a new password. */
export function EnrolPage() {
  const { token } = useSearch({ strict: false }) as { token?: unknown };
  const known = token === undefined ? '' : String(token);
  const enrolment = useQuery({
    queryKey: ['enrolment', known],
    queryFn: () => api.enrolments.get(known),
    enabled: known !== '',
    retry: false,
  });
  const spent =
    known === '' ||
    isProblem(enrolment.error, 'link_spent') ||
    isProblem(enrolment.error, 'not_found');
  if (spent) {
    return (
      <Doorway
        title="This link no longer works"
        say="It was used already, has expired, or was cut off when it was copied. Ask whoever sent it for a new one."
      >
        <p>
          <Anchor href="/sign-in">Sign in instead</Anchor>
        </p>
      </Doorway>
    );
  }
  const view = enrolment.data;
  return (
    <Doorway
      title={titles[view?.kind ?? 'invitation']}
      say={view && view.kind !== 'reset' && `You join ${view.workspace.name} as ${view.role}.`}
    >
      <FourFaces of={enrolment} skeleton={<Lines count={4} height={36} />}>
        {(found) =>
          found.kind === 'reset' ? (
            <ResetForm token={known} email={found.email ?? ''} />
          ) : (
            <EnrolForm token={known} view={found} />
          )
        }
      </FourFaces>
    </Doorway>
  );
}

const titles: Record<EnrolmentView['kind'], string> = {
  admin: 'Make the first account',
  invitation: 'Join the workspace',
  reset: 'Choose a new password',
};

function EnrolForm({ token, view }: { token: string; view: EnrolmentView }) {
  const comeIn = useComingIn();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: view.email ?? '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : 'How colleagues see you'),
      email: (value) =>
        /^\S+@\S+$/.test(value) ? null : 'An e-mail address, such as ana@example.com',
      password: longEnough,
    },
  });
  const enrol = useMutation({
    mutationFn: api.enrolments.accept,
    onSuccess: comeIn,
    onError: (error) => {
      if (!isProblem(error)) return;
      for (const { field, message } of error.errors) form.setFieldError(field, message);
    },
  });
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={form.onSubmit((values) =>
        enrol.mutate({ ...values, name: values.name.trim(), token }),
      )}
    >
      {enrol.error && !(isProblem(enrol.error) && enrol.error.errors.length) && (
        <div className={css.refused} role="alert">
          {sentenceOf(enrol.error)}
        </div>
      )}
      <TextInput
        label="Your name"
        autoComplete="name"
        autoFocus
        maxLength={200}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        readOnly={view.email !== null}
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label="Password"
        description="At least 10 characters. Long is better than odd."
        autoComplete="new-password"
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={enrol.isPending} fullWidth>
        {view.kind === 'admin' ? 'Make the account' : 'Join'}
      </Button>
    </form>
  );
}
