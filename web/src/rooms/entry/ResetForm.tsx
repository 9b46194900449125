import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../live/api.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import css from './Doorway.module.css';
import { useComingIn } from './useComingIn.ts';

export const longEnough = (password: string) =>
  password.length >= 10 ? null : 'At least 10 characters';

/** A new password for an account that is there. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: longEnough },
  });
  const reset = useMutation({
    mutationFn: api.enrolments.resetPassword,
    onSuccess: useComingIn(),
    onError: (error) => {
      if (!isProblem(error)) return;
      form.setFieldError('password', error.fault('password'));
    },
  });
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={form.onSubmit(({ password }) => reset.mutate({ token, password }))}
    >
      {reset.error && !(isProblem(reset.error) && reset.error.errors.length) && (
        <div className={css.refused} role="alert">
          {sentenceOf(reset.error)}
        </div>
      )}
      <TextInput label="E-mail" type="email" autoComplete="username" readOnly value={email} />
      <PasswordInput
        label="New password"
        description="At least 10 characters. Long is better than odd."
        autoComplete="new-password"
        autoFocus
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={reset.isPending} fullWidth>
        Set the password
      </Button>
    </form>
  );
}
