import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

/** The buttons at the bottom of a dialog, the primary button last. */
export const ModalFooter = ({ children }: { children: ReactNode }) => (
  <Box float="right">
    <SpaceBetween direction="horizontal" size="xs">
      {children}
    </SpaceBetween>
  </Box>
);
