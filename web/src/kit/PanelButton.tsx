import { ActionIcon } from '@mantine/core';
import { IconLayoutSidebarRight } from '@tabler/icons-react';

interface PanelButtonProps {
  label: string;
  /** Set where it stands at the end of a row by itself. */
  at_end?: boolean;
  onOpen: () => void;
}

/** Opens what stands beside the thing that is looked at; its key is `i`. */
export const PanelButton = ({ label, at_end = false, onOpen }: PanelButtonProps) => (
  <ActionIcon
    style={at_end ? { marginInlineStart: 'auto' } : undefined}
    variant="subtle"
    color="gray"
    size={28}
    onClick={onOpen}
    aria-label={label}
    aria-keyshortcuts="i"
    title={`${label} (I)`}
  >
    <IconLayoutSidebarRight size={18} stroke={1.6} />
  </ActionIcon>
);
