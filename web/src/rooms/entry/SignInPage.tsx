import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { api } from '../../live/api.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import css from './Doorway.module.css';
import { Doorway } from './Doorway.tsx';
import { useComingIn } from './useComingIn.ts';

/** Only addresses inside this app are gone back to. */
const inside = (to: unknown): string =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/';

/** What each field asks for, whoever finds that it is not that. */
const says: Record<string, string> = {
  email: 'An e-mail address, such as ana@example.com',
  password: 'Your password',
};

/** Sign-in with e-mail and password. */
export function SignInPage() {
  const { to } = useSearch({ strict: false }) as { to?: unknown };
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value) ? null : says.email),
      password: (value) => (value ? null : says.password),
    },
  });
  const signIn = useMutation({
    mutationFn: api.me.signIn,
    onSuccess: useComingIn(inside(to)),
    onError: (error) => {
      if (!isProblem(error)) return;
      for (const { field } of error.errors) form.setFieldError(field, says[field] ?? null);
    },
  });
  return (
    <Doorway title="Sign in">
      <form
        className={css.form}
        onSubmit={form.onSubmit((values) => signIn.mutate(values))}
        noValidate
      >
        {signIn.error && !isAtField(signIn.error) && (
          <div className={css.refused} role="alert">
            {refusalOf(signIn.error)}
          </div>
        )}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
        <p className={css.foot}>
          No account yet? Ask an admin of your workspace for an invitation. A lost password? Ask
          them for a reset link.
        </p>
      </form>
    </Doorway>
  );
}

const isAtField = (error: Error): boolean =>
  isProblem(error) &&
  error.errors.length > 0 &&
  error.errors.every(({ field }) => Object.hasOwn(says, field));

function refusalOf(error: Error): string {
  if (isProblem(error, 'unauthenticated')) return 'This e-mail and password do not fit together.';
  if (isProblem(error, 'too_many_requests'))
    return 'Too many tries. Wait a minute, then try again.';
  return sentenceOf(error);
}
