import { Button, type ButtonProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

interface CopyButtonProps extends ButtonProps {
  text: string;
  children: string;
}

/** Copies a text and says so. Where the browser refuses, it says that instead. */
export function CopyButton({ text, children, ...rest }: CopyButtonProps) {
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), 2_500);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('refused'),
    );
  return (
    <Button
      variant="default"
      leftSection={
        said === 'copied' ? (
          <IconCheck size={16} stroke={1.8} />
        ) : (
          <IconCopy size={16} stroke={1.6} />
        )
      }
      onClick={() => void copy()}
      aria-live="polite"
      {...rest}
    >
      {said === 'copied' ? 'Copied' : said === 'refused' ? 'Select it by hand' : children}
    </Button>
  );
}
