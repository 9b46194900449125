import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { AbsencePanel } from './AbsencePanel.tsx';
import { AlertsPanel } from './AlertsPanel.tsx';
import css from './Rows.module.css';
import { SessionPanel } from './SessionPanel.tsx';

/** Who one is here, and how one gets in. */
export function AccountSection() {
  const me = useMe();
  return (
    <>
      <Panel title="You">
        <div>
          <div className={css.name}>
            <bdi>{me.name}</bdi>
          </div>
          <div className={css.fine}>
            {me.email ?? 'A key, not a person'} · {me.role} in <bdi>{me.workspace.name}</bdi>
          </div>
        </div>
      </Panel>
      {me.kind === 'member' && (
        <>
          {mayAs(me.role, 'reviewer') && <AlertsPanel />}
          <AbsencePanel />
          <PasswordPanel email={me.email ?? ''} />
          <SessionPanel />
        </>
      )}
    </>
  );
}

function PasswordPanel({ email }: { email: string }) {
  const [current_password, setCurrent] = useState('');
  const [new_password, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => api.me.changePassword({ current_password, new_password }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      tellDone('The password is changed', 'Every other session has ended.');
    },
  });
  const fault = (field: string) =>
    isProblem(change.error) ? change.error.fault(field) : undefined;
  return (
    <Panel title="Password" say="Changing it ends every other session of yours.">
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label="The one you have"
          autoComplete="current-password"
          value={current_password}
          error={fault('current_password')}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <PasswordInput
          label="The new one"
          description="At least 10 characters. Length counts, not signs."
          autoComplete="new-password"
          value={new_password}
          error={fault('new_password')}
          onChange={({ currentTarget }) => setNext(currentTarget.value)}
        />
        {change.isError && (
          <p className={css.fault} role="alert">
            {sentenceOf(change.error)}
          </p>
        )}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={change.isPending}
            disabled={!current_password || new_password.length < 10}
          >
            Change the password
          </Button>
        </div>
      </form>
    </Panel>
  );
}
