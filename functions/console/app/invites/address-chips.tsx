import Button from '@cloudscape-design/components/button';
import Icon from '@cloudscape-design/components/icon';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Token from '@cloudscape-design/components/token';
import { memo, useState } from 'react';
import type { CheckedAddress } from './check-addresses.ts';
import { inviteTexts as texts } from './texts.ts';

/** The number of addresses shown at first, because a page with a thousand of them would be slow. */
const shownFirst = 50;

interface AddressChipsProps {
  addresses: CheckedAddress[];
  onRemove: (index: number) => void;
  /** Moves the address back into the field, where the person can correct it. */
  onCorrect: (index: number) => void;
}

/** The entered addresses. Those with a problem come first. */
export const AddressChips = memo(({ addresses, onRemove, onCorrect }: AddressChipsProps) => {
  const [all, setAll] = useState(false);
  const inOrder = addresses.toSorted((a, b) => urgency(b) - urgency(a) || a.index - b.index);
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {(all ? inOrder : inOrder.slice(0, shownFirst)).map((checked) => (
          <Chip
            key={checked.index}
            {...checked}
            onRemove={() => onRemove(checked.index)}
            onCorrect={() => onCorrect(checked.index)}
          />
        ))}
      </SpaceBetween>
      {addresses.length > shownFirst && (
        <Button variant="inline-link" formAction="none" ariaExpanded={all} onClick={() => setAll(!all)}>
          {all ? texts.showFewer : texts.showAll(addresses.length)}
        </Button>
      )}
    </SpaceBetween>
  );
});

const urgency = ({ problem, duplicate }: CheckedAddress): number => (problem === undefined ? Number(duplicate) : 2);

interface ChipProps extends CheckedAddress {
  onRemove: () => void;
  onCorrect: () => void;
}

const Chip = ({ address, problem, duplicate, onRemove, onCorrect }: ChipProps) => {
  const removal = { dismissLabel: texts.remove(address), onDismiss: onRemove };
  if (problem === undefined)
    return (
      <Token
        label={address}
        {...(duplicate && { icon: <Icon name="status-stopped" />, description: texts.givenTwice })}
        {...removal}
      />
    );
  return (
    <Token
      ariaLabel={`${address}: ${problem}`}
      label={
        <SpaceBetween direction="horizontal" size="xxs">
          <StatusIndicator type="error">{address}</StatusIndicator>
          <Button
            variant="inline-icon"
            formAction="none"
            iconName="edit"
            ariaLabel={texts.correct(address)}
            onClick={onCorrect}
          />
        </SpaceBetween>
      }
      description={problem}
      {...removal}
    />
  );
};
