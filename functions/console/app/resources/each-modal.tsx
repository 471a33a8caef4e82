import Box from '@cloudscape-design/components/box';
import { useState, type ReactNode } from 'react';
import { FormModal } from '../parts/form-modal.tsx';
import { FailuresAlert } from './failures-alert.tsx';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';
import { useEach, type Act } from './use-each.ts';

interface EachModalProps {
  resources: Resource[];
  /** “Move” */
  action: string;
  /** Undefined: something is still to be chosen, and `children` say so once it was `tried`. */
  act: Act | undefined;
  say: (count: number) => string;
  /** With what is left undone. */
  onClose: (left: Resource[]) => void;
  children: (tried: boolean) => ReactNode;
}

/** One action on one resource or more. What fails is told one by one. */
export const EachModal = ({ resources, action, act, say, onClose, children }: EachModalProps) => {
  const { left, failures, done, run, reload } = useEach(resources);
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState(resources.length);

  const submit = async () => {
    setTried(true);
    if (!act) return;
    setAsked(left.length);
    if (await run(act, say)) onClose([]);
  };

  return (
    <FormModal
      header={texts.doTo(
        action,
        left.map(({ name }) => name),
      )}
      submit={action}
      onSubmit={submit}
      // What is under way is seen to its end.
      onClose={() => done === undefined && onClose(left)}
      busy={done !== undefined}
    >
      {done === undefined && <FailuresAlert failures={failures} of={asked} reload={reload} />}
      {children(tried)}
      {done !== undefined && left.length > 1 && (
        <Box>
          <span role="status">{texts.progress(done, left.length)}</span>
        </Box>
      )}
    </FormModal>
  );
};
