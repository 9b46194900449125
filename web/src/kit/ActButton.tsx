import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import { ariaKey, KeyHint } from './KeyHint.tsx';

interface ActButtonProps
  extends ButtonProps,
    Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  /** The key that does the same; bind it with `useKeys`. */
  act_key: string;
}

/** A button with the key that does the same thing drawn on it. */
export function ActButton({ act_key, children, variant = 'default', ...rest }: ActButtonProps) {
  return (
    <Button
      // Mantine picks the text colour of a named "filled" for the light theme only; left unnamed it
      // follows the theme.
      {...(variant === 'filled' ? {} : { variant })}
      aria-keyshortcuts={ariaKey(act_key)}
      rightSection={<KeyHint of={act_key} on_accent={variant === 'filled'} />}
      {...rest}
    >
      {children}
    </Button>
  );
}
